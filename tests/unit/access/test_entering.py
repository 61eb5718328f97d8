"""Every try to come in is recorded, with nothing that somebody typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection
from django.test import Client

from anwang.access import entering
from anwang.access.models import Account
from anwang.access.seat import leave
from anwang.access.viewer import service_viewer
from anwang.audit.models import Act
from tests.world import World, build_world

PASSWORD = "correct horse battery"


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def tried() -> list[tuple[str, object]]:
    acts = Act.objects.filter(verb__startswith="account.").order_by("recorded_at", "id")
    return [(act.verb, act.details.get("reason")) for act in acts]


def enter(client: Client, username: str, password: str) -> None:
    client.post("/login", {"username": username, "password": password})


def test_records_who_came_in_and_who_went_out(world: World, client: Client) -> None:
    enter(client, "worker", PASSWORD)
    client.post("/logout")
    assert tried() == [("account.entered", None), ("account.left", None)]
    account = Account.objects.get(username="worker")
    assert {(act.by_worker_id, act.subject_id) for act in Act.objects.filter(verb__startswith="account.")} == {
        (world.workers["worker"], account.pk)
    }


def test_records_a_card_of_the_demonstration(world: World, client: Client) -> None:
    client.post("/login", {"card": str(Account.objects.get(username="clerk").pk)})
    assert tried() == [("account.entered", None)]


def test_records_every_refusal_and_the_rest(world: World, client: Client, at: Callable[[str], object]) -> None:
    at("2026-11-24T09:40+08:00")
    for _try in range(6):
        enter(client, "worker", "wrong")
    wrong = ("account.refused", "password")
    assert sorted(tried(), key=str) == sorted(
        [*[wrong] * 4, ("account.locked", "password"), ("account.refused", "rests")], key=str
    )


def test_keeps_no_name_that_nobody_has(world: World, client: Client) -> None:
    enter(client, "my-secret-password", "x")
    assert tried() == [("account.refused", "unknown")]
    assert "secret" not in str(list(Act.objects.values()))


def test_keeps_a_password_of_older_settings_anew_without_naming_anybody_after(world: World) -> None:
    """The first factor alone has come: what follows is still asked by nobody."""
    old = make_password(PASSWORD, salt="short")
    with connection.cursor() as cursor:
        service_viewer("founding")
        cursor.execute("UPDATE access_account SET password = %s WHERE username = 'clerk'", [old])
        leave()
        assert entering.admit(username="clerk", password=PASSWORD, demo=True).account
        cursor.execute("SELECT password, access_known() FROM access_account WHERE username = 'clerk'")
        kept, is_known = cursor.fetchone()
    assert kept != old
    assert check_password(PASSWORD, kept)
    assert not is_known
