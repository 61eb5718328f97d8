"""Whose last post ends, or whose account is closed, has nothing left to come in by: in the same transaction."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from anwang.access.entering import AtTheDoor
from anwang.access.models import Account
from anwang.accounts import actions, doors, queries, sealed, totp
from anwang.accounts.models import Invitation, Passkey, RecoveryCode, Sitting, Totp, TotpSeal
from anwang.audit.models import Act
from anwang.directory.models import Appointment, Unit
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters.actions import leave
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def furnished(key: str) -> Account:
    """An account with everything an account can have, and a session."""
    account, now = Account.objects.get(username=key), clock.now()
    by = sealed_by(account)
    Passkey.objects.create(
        account=account, label="鑰匙", credential_id=b"c" + key.encode(), attested=b"a", sign_count=0, is_synced=False,
        made_at=now,
    )  # fmt: skip
    secret = totp.fresh()
    actions.add_totp(account_id=account.pk, secret=secret, code=code_now(secret), by=by, at=now)
    actions.make_codes(account_id=account.pk, by=by, at=now)
    client = Client()
    client.force_login(account)
    actions.begin_sitting(
        account_id=account.pk, session_key=client.cookies["sessionid"].value, how="password", agent="", by=by, at=now
    )
    return account


def sealed_by(account: Account) -> AtTheDoor:
    return AtTheDoor(account.worker_id)


def code_now(secret: str) -> str:
    return totp.code_at(secret, int(time.time()) // totp.STEP)


def is_cut(account: Account) -> bool:
    account.refresh_from_db()
    sealed.own(account.pk)
    return (
        not account.is_active
        and not Passkey.objects.filter(account=account, ended_at=None).exists()
        and not Totp.objects.filter(account=account, ended_at=None).exists()
        and not RecoveryCode.objects.filter(account=account, ended_at=None).exists()
        and not Sitting.objects.filter(account=account, ended_at=None).exists()
        and not TotpSeal.objects.filter(account=account).exists()
        and not Session.objects.exists()
    )


def test_cuts_everything_when_somebody_leaves(world: World) -> None:
    account = furnished("worker")
    assert doors.doors_of(account).has_second
    leave(worker_id=world.workers["worker"], at=clock.now(), by=world.viewer("administrator"))
    assert is_cut(account)


def test_cuts_everything_when_the_account_is_closed(world: World) -> None:
    account = furnished("worker")
    actions.close_account(worker_id=world.workers["worker"], by=world.viewer("administrator"), at=clock.now())
    assert is_cut(account)
    assert Act.objects.filter(verb="account.closed", subject_id=account.pk).exists()
    with pytest.raises(Conflict):
        actions.close_account(worker_id=world.workers["worker"], by=world.viewer("administrator"), at=clock.now())


def test_cuts_whoever_ends_the_post_by_a_bare_statement(world: World) -> None:
    account = furnished("worker")
    Appointment.objects.filter(worker_id=world.workers["worker"]).update(ended_at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert is_cut(account)


def test_leaves_whoever_moves_to_another_post_in_one_transaction(world: World) -> None:
    account = furnished("worker")
    now = clock.now()
    Appointment.objects.filter(worker_id=world.workers["worker"]).update(ended_at=now)
    Appointment.objects.create(
        worker_id=world.workers["worker"], unit_id=world.units["adult"], role=Role.SOCIAL_WORKER, started_at=now
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    account.refresh_from_db()
    assert account.is_active
    assert Passkey.objects.filter(account=account, ended_at=None).exists()


def test_ends_one_post_of_several_and_never_the_last(world: World) -> None:
    admin, now = world.viewer("administrator"), clock.now()
    clerk = world.workers["clerk"]
    actions.add_post(worker_id=clerk, unit_id=world.units["intake"], role=Role.CLERK, by=admin, at=now)
    posts = Appointment.objects.filter(live_worker=clerk).order_by("started_at")
    actions.end_post(post_id=posts[0].id, by=admin, at=clock.now())
    with pytest.raises(BadInput):
        actions.end_post(post_id=Appointment.objects.get(live_worker=clerk).id, by=admin, at=clock.now())


@pytest.mark.parametrize(("key", "role"), [("worker", Role.ADMINISTRATOR), ("privacy", Role.SOCIAL_WORKER),
                                           ("privacy", Role.ADMINISTRATOR)])  # fmt: skip
def test_gives_nobody_cases_and_accounts_together(world: World, key: str, role: str) -> None:
    admin = world.viewer("administrator")
    with pytest.raises(Refused):
        actions.add_post(
            worker_id=world.workers[key], unit_id=world.units["intake"], role=role, by=admin, at=clock.now()
        )


def test_touches_nobody_of_another_county_nor_oneself(world: World) -> None:
    admin = world.viewer("administrator")
    Unit.objects.filter(id=world.units["adult"]).update(jurisdiction_id="99002")
    for key in ("adult_worker", "administrator"):
        with pytest.raises(Refused):
            actions.close_account(worker_id=world.workers[key], by=admin, at=clock.now())
        with pytest.raises(Refused):
            actions.invite(worker_id=world.workers[key], by=admin, at=clock.now())
    for key in ("worker", "supervisor", "chief", "privacy"):
        with pytest.raises(Refused):
            actions.close_account(worker_id=world.workers["clerk"], by=world.viewer(key), at=clock.now())


def test_ends_an_invitation_with_the_post(world: World) -> None:
    actions.invite(worker_id=world.workers["worker"], by=world.viewer("administrator"), at=clock.now())
    leave(worker_id=world.workers["worker"], at=clock.now(), by=world.viewer("administrator"))
    assert not Invitation.objects.filter(ended_at=None).exists()


def test_says_in_numbers_what_somebody_still_holds(world: World) -> None:
    furnished("worker")
    held = queries.held(world.viewer("administrator"), world.workers["worker"])
    assert (held.matters, held.sessions, held.passkeys) == (0, 1, 1)


def test_shows_secrets_to_no_bare_statement(world: World) -> None:
    account = furnished("worker")
    furnished("worker2")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('anwang.own', %s, true)", [str(account.pk)])
        for table in ("accounts_totpseal", "accounts_recoverycode", "accounts_pastpassword", "accounts_invitationseal"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] == 0, table
