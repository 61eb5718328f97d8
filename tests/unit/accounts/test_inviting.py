"""Invitations: a link good once and a code told by another way; nobody has an account by default."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import connection

from anwang.access.entering import AtTheDoor
from anwang.access.models import Account
from anwang.accounts import actions, commands
from anwang.accounts.models import Invitation, Passkey
from anwang.audit.models import Act
from anwang.directory.models import Appointment
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
DOOR = AtTheDoor()


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def someone(world: World) -> object:
    """A new colleague at a post, without an account."""
    return actions.appoint(
        name="盧于庭", phone="(08)000-1999", unit_id=world.units["protection"], role=Role.SOCIAL_WORKER,
        by=world.viewer("administrator"), at=clock.now(),
    )  # fmt: skip


def invited(world: World, someone: object, **more: object) -> actions.invitations.Invited:
    given = {"username": "lu.yuting", **more}
    return actions.invite(worker_id=someone, by=world.viewer("administrator"), at=clock.now(), **given)


def test_makes_an_account_only_for_link_and_code_together(world: World, someone: object) -> None:
    made = invited(world, someone)
    assert actions.try_code(link=made.link, code="00000000", by=DOOR, at=clock.now()) is None
    found = actions.try_code(link=made.link, code=f"{made.code[:4]} {made.code[4:]}", by=DOOR, at=clock.now())
    account = actions.accept(invitation_id=found, by=DOOR, at=clock.now())
    assert (account.username, account.worker_id, account.is_demo) == ("lu.yuting", someone, False)
    assert not account.has_usable_password()
    for again in (lambda: actions.try_code(link=made.link, code=made.code, by=DOOR, at=clock.now()),
                  lambda: actions.accept(invitation_id=found, by=DOOR, at=clock.now())):  # fmt: skip
        with pytest.raises(NotFound):
            again()


def test_ends_after_five_wrong_codes(world: World, someone: object) -> None:
    made = invited(world, someone)
    for _try in range(5):
        assert actions.try_code(link=made.link, code="1", by=DOOR, at=clock.now()) is None
    with pytest.raises(NotFound):
        actions.try_code(link=made.link, code=made.code, by=DOOR, at=clock.now())


def test_ends_with_its_hours(world: World, at: Callable[[str], object]) -> None:
    hands = at("2026-11-24T09:40+08:00")
    made = invited(world, world.workers["clerk"])
    hands.advance(timedelta(hours=73))  # type: ignore[attr-defined]
    with pytest.raises(NotFound):
        actions.try_code(link=made.link, code=made.code, by=DOOR, at=clock.now())


def test_replaces_the_one_before_and_can_be_taken_back(world: World, someone: object) -> None:
    first, second = invited(world, someone), invited(world, someone)
    with pytest.raises(NotFound):
        actions.try_code(link=first.link, code=first.code, by=DOOR, at=clock.now())
    actions.withdraw_invitation(invitation_id=second.id, by=world.viewer("administrator"), at=clock.now())
    with pytest.raises(NotFound):
        actions.try_code(link=second.link, code=second.code, by=DOOR, at=clock.now())


@pytest.mark.parametrize(
    "name", ["admin", "root1", "duty", "test", "Lu", "盧于庭", "a", "lu yuting", "lu\nyuting", "clerk"]
)
def test_gives_no_name_that_is_shared_taken_or_strange(world: World, someone: object, name: str) -> None:
    with pytest.raises(BadInput):
        invited(world, someone, username=name)


def test_begins_an_account_anew_and_cuts_what_was(world: World) -> None:
    account = Account.objects.get(username="clerk")
    Passkey.objects.create(account=account, label="x", credential_id=b"x", attested=b"x", sign_count=0, is_synced=False,
                           made_at=clock.now())  # fmt: skip
    made = invited(world, world.workers["clerk"], username="somebody-else")
    assert Account.objects.get(username="clerk").check_password("correct horse battery"), "not before it is accepted"
    found = actions.try_code(link=made.link, code=made.code, by=DOOR, at=clock.now())
    again = actions.accept(invitation_id=found, by=DOOR, at=clock.now())
    assert (again.pk, again.username, again.is_active) == (account.pk, "clerk", True)
    assert not again.has_usable_password()
    assert not Passkey.objects.filter(account=account, ended_at=None).exists()


def test_invites_nobody_without_a_post(world: World) -> None:
    Appointment.objects.filter(worker_id=world.workers["clerk"]).update(ended_at=clock.now())
    with pytest.raises(BadInput):
        invited(world, world.workers["clerk"])


def test_keeps_neither_link_nor_code(world: World, someone: object) -> None:
    made = invited(world, someone)
    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text FROM accounts_invitation i")
        kept = "".join(row[0] for row in cursor.fetchall())
    kept += str(list(Act.objects.values_list("details", flat=True))) + str(list(Invitation.objects.values()))
    assert made.link not in kept
    assert made.code not in kept


def first(unit: str = "county2") -> int:
    return commands.main(["first", "--unit", unit, "--name", "阮以墨", "--phone", "(08)000-2999", "--username",
                          "ruan.yimo", "--address", "https://anwang.example/"])  # fmt: skip


def test_invites_the_first_administrator_of_a_county_and_no_second(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert first() == 0
    link, code = capsys.readouterr().out.splitlines()
    found = actions.try_code(link=link.rpartition("/")[2], code=code[:8], by=DOOR, at=clock.now())
    account = actions.accept(invitation_id=found, by=DOOR, at=clock.now())
    assert Appointment.objects.get(live_worker=account.worker_id).role == Role.ADMINISTRATOR
    assert first() == 1
    assert first("social") == 1
    assert "已經有系統管理人員" in capsys.readouterr().err


def test_says_of_shared_and_demonstration_accounts_outside_the_demonstration(world: World, settings: object) -> None:
    def found() -> set[str]:
        return {one.id for one in run_checks(databases=["default"]) if one.id in {"anwang.E005", "anwang.E006"}}

    Account.objects.filter(username="administrator").update(username="yu.wenjun")
    assert found() == set()
    settings.DEMO = False  # type: ignore[attr-defined]
    assert found() == {"anwang.E005"}
    Account.objects.update(is_demo=False)
    assert found() == set()
    Account.objects.filter(username="clerk").update(username="admin2")
    assert found() == {"anwang.E006"}


def test_makes_no_account_by_a_migration(db: None) -> None:
    assert not Account.objects.exists()


@pytest.mark.parametrize("key", ["worker", "supervisor", "chief", "privacy", "clerk"])
def test_lets_only_the_administration_invite(world: World, key: str) -> None:
    with pytest.raises(Refused):
        actions.invite(worker_id=world.workers["night"], by=world.viewer(key), at=clock.now())
    with pytest.raises(Refused):
        actions.appoint(name="某", phone="1", unit_id=world.units["social"], role=Role.ADMINISTRATOR,
                        by=world.viewer(key), at=clock.now())  # fmt: skip
