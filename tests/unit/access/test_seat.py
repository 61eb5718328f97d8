"""Who sits at a session, and the keys that are worked out once a request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from anwang.access.seat import taken
from anwang.access.viewer import viewer_for
from anwang.accounts.sealed import session_row
from anwang.directory.models import Appointment
from anwang.foundation import clock
from anwang.project.sessions import SessionStore
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def one(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def session_of(username: str) -> SessionStore:
    client = Client()
    client.force_login(get_user_model().objects.get_by_natural_key(username))
    return SessionStore(client.cookies["sessionid"].value)


def test_finds_the_account_and_names_the_viewer(world: World) -> None:
    found = taken(session_of("screener"), also="(SELECT 7)")
    assert found is not None
    account, viewer, told = found
    assert told == 7
    assert account.username == "screener"
    assert viewer.worker_id == account.worker_id
    assert one("SELECT current_setting('anwang.worker')") == str(account.worker_id)


def test_a_changed_password_ends_what_began_before(world: World) -> None:
    session = session_of("screener")
    account = get_user_model().objects.get_by_natural_key("screener")
    account.set_password("another-long-password")
    account.save()
    assert taken(session) is None
    assert one("SELECT current_setting('anwang.worker')") == ""


def test_a_closed_account_sits_nowhere(world: World) -> None:
    session = session_of("screener")
    get_user_model().objects.filter(username="screener").update(is_active=False)
    assert taken(session) is None


def test_keys_follow_a_post_that_ends_in_the_same_transaction(world: World) -> None:
    account = get_user_model().objects.get_by_natural_key("screener")
    viewer_for(account.worker_id)
    assert "/screener" in str(one("SELECT access_keys()"))
    assert one("SELECT access_keys() = access_keys_of(current_setting('anwang.worker')::uuid, access_at())")
    Appointment.objects.filter(worker_id=account.worker_id).update(ended_at=clock.now() - timedelta(hours=1))
    assert "/screener" not in str(one("SELECT access_keys()"))


def test_keys_are_those_of_who_is_named_last(world: World) -> None:
    accounts = get_user_model().objects
    viewer_for(accounts.get_by_natural_key("screener").worker_id)
    viewer_for(accounts.get_by_natural_key("worker").worker_id)
    assert "/screener" not in str(one("SELECT access_keys()"))
    assert "/social_worker" in str(one("SELECT access_keys()"))


def test_a_row_of_the_table_is_nobodys_session(world: World) -> None:
    """Whoever reads the sessions by statement can neither show a row's key nor have it under a key of his own."""
    session = session_of("screener")
    lies = one("SELECT session_key FROM django_session")
    assert lies != session.session_key
    assert taken(SessionStore(str(lies))) is None
    own = "a" * 32
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session SELECT %s, session_data, expire_date FROM django_session", [session_row(own)]
        )
    assert taken(SessionStore(own)) is None
    assert taken(session) is not None
