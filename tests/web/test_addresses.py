"""Who gets what at each address: one line an address, one status a role. An address without its line fails the suite.

The cast stands in `world.py`. A stranger gets 404 wherever something is to be seen, and so does whoever may not
open it.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.addresses import ADDRESSES
from tests.web.world import World

pytestmark = pytest.mark.django_db
ROLES = ("stranger", "invited", "member", "animator", "pilot", "sponsor", "administrator")


def _names(resolver: URLResolver, prefix: str = "") -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.append(f"{prefix}{pattern.name}")
        else:
            found += _names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
    return found


def _status(world: World, role: str, method: str, body: str, address: str) -> int:
    response = world.browser(role).generic(method, address, body, content_type="application/x-www-form-urlencoded")
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, a file is closed
    return response.status_code


@pytest.mark.parametrize(("name", "method", "arguments", "statuses"), ADDRESSES, ids=[f"{row[1]} {row[0]}" for row in ADDRESSES])
def test_each_role_gets_what_the_table_says(world: World, name: str, method: str, arguments: str, statuses: str) -> None:
    address = world.address(name, arguments)
    verb, _space, body = method.partition(" ")

    got = []
    for role in ROLES:
        with transaction.atomic():
            got.append(str(_status(world, role, verb, body.replace("animator", str(world.named["animator"])), address)))
            transaction.set_rollback(True)

    assert " ".join(got) == statuses


def test_every_address_has_its_line() -> None:
    resolver = get_resolver()

    names = set(_names(resolver))

    assert names - {row[0] for row in ADDRESSES} == set()


def test_every_line_has_its_address() -> None:
    lines = {row[0] for row in ADDRESSES}

    unknown = lines - set(_names(get_resolver()))

    assert unknown == set()
