"""A calendar program of others reads the private feed over HTTP: moved, cancelled, repeated, on both sides of a change of hour."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from relais.core import clock
from relais.integrations.calendar.actions import open_feed
from relais.knowledge.actions.attendance import register
from relais.knowledge.actions.workshops import cancel_workshop, propose_workshop, revise_workshop
from relais.knowledge.queries.workshops import other_dates
from tests.factories import make_circle, make_member, workshop_text

PARIS = ZoneInfo("Europe/Paris")
CONFIG = """
[calendars]
[[relais]]
path = {folder}/relais
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


def khal(folder: Path, zone: str, feed: str) -> list[str]:
    """What khal lists after it has imported the feed, for somebody who lives there."""
    (folder / "relais").mkdir(parents=True)
    (folder / "config").write_text(CONFIG.format(folder=folder, zone=zone))
    (folder / "feed.ics").write_text(feed)
    command = [sys.executable, "-W", "ignore", "-m", "khal", "-c", str(folder / "config")]
    subprocess.run([*command, "import", "--batch", "-a", "relais", str(folder / "feed.ics")], check=True, capture_output=True)
    listed = [
        *command,
        "list",
        "--format",
        "{start-date} {start-time} {end-time} {title} {status}",
        "--day-format",
        "",
        "2030-10-01",
        "60d",
    ]
    done = subprocess.run(listed, check=True, capture_output=True, text=True)
    return [line.strip() for line in done.stdout.splitlines() if line.strip()]


def test_another_program_reads_the_feed_in_its_own_time(base_url: str, tmp_path: Path) -> None:
    host, guest = make_member(time_zone="Europe/Paris"), make_member()
    text = workshop_text(make_circle(), title="Sceller", starts_at=datetime(2030, 10, 14, 14, 0, tzinfo=PARIS))
    first = propose_workshop(text, by=host, weeks=2, dates=3)
    second, third = other_dates(first)
    for each in (first, second, third):
        register(each, by=guest)
    moved = workshop_text(first.circle, title="Sceller", starts_at=datetime(2030, 11, 12, 9, 30, tzinfo=PARIS))
    revise_workshop(third, moved, by=host)
    cancel_workshop(first, "La salle est prise", by=host)
    address = f"{base_url}/agenda/{open_feed(guest, circles=False)}.ics"

    with urllib.request.urlopen(address) as answer:
        feed = answer.read().decode()
    in_paris, in_lisbon = khal(tmp_path / "paris", "Europe/Paris", feed), khal(tmp_path / "lisbon", "Europe/Lisbon", feed)

    assert in_paris == [
        "2030-10-14 14:00 14:45 Sceller CANCELLED",
        "2030-10-28 14:00 14:45 Sceller CONFIRMED",
        "2030-11-12 09:30 10:15 Sceller CONFIRMED",
    ]
    assert [line[:16] for line in in_lisbon] == ["2030-10-14 13:00", "2030-10-28 13:00", "2030-11-12 08:30"]
    assert clock.now() < first.starts_at
