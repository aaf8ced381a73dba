"""The hashed requirement files are in line with what they were compiled from, and name no address."""

from __future__ import annotations

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;]+)", re.MULTILINE)
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def wanted(file: Path) -> set[str]:
    """The names a `.in` file asks for."""
    return {match[0].lower() for line in file.read_text().splitlines() if not line.startswith("-") and (match := NAME.match(line))}


def faults(kind: str) -> list[str]:
    """What is wrong with the compiled file of this kind, in sentences."""
    text = (FOLDER / f"{kind}.txt").read_text()
    pins = dict(PIN.findall(text))
    blocks = re.split(r"\n(?=[a-z0-9.-]+==)", text)
    found = [f"{name} is asked for but not pinned" for name in sorted(wanted(FOLDER / f"{kind}.in") - set(pins))]
    found += [f"{block.split()[0]} has no hash" for block in blocks if PIN.match(block) and "--hash=sha256:" not in block]
    found += [f"the address {address} does not belong there" for address in re.findall(r"\w+://\S+|^--\S+", text, re.MULTILINE)]
    if kind == "dev":
        base = dict(PIN.findall((FOLDER / "base.txt").read_text()))
        found += [f"{name} is {pins.get(name)} here, {version} in base" for name, version in base.items() if pins.get(name) != version]
    return [f"requirements/{kind}.txt: {fault}." for fault in found]


if __name__ == "__main__":
    wrong = faults("base") + faults("dev")
    print("\n".join([*wrong, "Run make requirements."]) if wrong else "", end="\n" if wrong else "")
    sys.exit(bool(wrong))
