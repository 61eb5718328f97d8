"""Each quarter every account of the county is seen by somebody who is not its owner; what is late is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.accounts import actions, queries
from anwang.accounts.models import Finding
from anwang.directory.models import Appointment, Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from tests.proving import prove
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at: Callable[[str], object]) -> World:
    at("2026-11-24T09:40+08:00")
    return build_world()


def account(key: str) -> Account:
    return Account.objects.get(username=key)


def as_(key: str) -> Client:
    client = Client()
    client.force_login(account(key))
    return prove(client)


def test_confirms_each_once_a_quarter(world: World) -> None:
    admin = world.viewer("administrator")
    ids = [account("worker").pk, account("clerk").pk]
    left = queries.review(admin).left
    assert actions.keep_accounts(account_ids=ids, by=admin, at=clock.now()) == 2
    assert actions.keep_accounts(account_ids=ids, by=admin, at=clock.now()) == 0
    assert queries.review(admin).left == left - 2
    line = next(one for one in queries.accounts(admin) if one.account_id == ids[0])
    assert (line.outcome, line.found_by) == ("還在用，照舊", "余文君")


def test_lets_nobody_confirm_his_own(world: World) -> None:
    admin = world.viewer("administrator")
    with pytest.raises(BadInput):
        actions.keep_accounts(account_ids=[account("administrator").pk], by=admin, at=clock.now())
    privacy = world.viewer("privacy")
    assert actions.keep_accounts(account_ids=[account("administrator").pk], by=privacy, at=clock.now()) == 1


def test_ends_at_once_what_should_not_be(world: World) -> None:
    actions.end_in_review(account_id=account("clerk").pk, by=world.viewer("privacy"), at=clock.now())
    assert not account("clerk").is_active
    assert Finding.objects.get().outcome == "ended"


def test_begins_anew_each_quarter_and_is_late_after_its_days(world: World, at: Callable[[str], object]) -> None:
    admin = world.viewer("administrator")
    every = [one.account_id for one in queries.accounts(admin) if one.worker_id != admin.worker_id]
    actions.keep_accounts(account_ids=every, by=admin, at=clock.now())
    actions.keep_accounts(account_ids=[account("administrator").pk], by=world.viewer("privacy"), at=clock.now())
    assert (queries.review(admin).left, queries.review(admin).is_late) == (0, False)
    for day, late in (("2027-01-01", False), ("2027-01-15", False), ("2027-01-16", True)):
        at(f"{day}T09:00+08:00")
        found = queries.review(world.viewer("administrator"))
        assert found.left == len(every) + 1
        assert found.is_late is late, day


@pytest.mark.parametrize("key", ["worker", "supervisor", "chief", "clerk", "screener"])
def test_shows_accounts_to_nobody_else(world: World, key: str) -> None:
    with pytest.raises(Refused):
        actions.keep_accounts(account_ids=[account("night").pk], by=world.viewer(key), at=clock.now())
    for path in ("/accounts", "/accounts/review", "/accounts/new", "/accounts/agencies/new",
                 f"/accounts/of/{world.workers['night']}"):  # fmt: skip
        assert as_(key).get(path).status_code == 403, path


def test_reviews_no_account_of_another_county(world: World) -> None:
    Unit.objects.filter(id=world.units["adult"]).update(jurisdiction_id="99002")
    admin = world.viewer("administrator")
    assert account("adult_worker").pk not in {one.account_id for one in queries.accounts(admin)}
    with pytest.raises(NotFound):
        actions.keep_accounts(account_ids=[account("adult_worker").pk], by=admin, at=clock.now())
    assert as_("administrator").get(f"/accounts/of/{world.workers['adult_worker']}").status_code == 404


def test_shows_an_account_whose_owner_has_no_post_any_more(world: World) -> None:
    Appointment.objects.filter(worker_id=world.workers["clerk"]).update(ended_at=clock.now())
    line = next(one for one in queries.accounts(world.viewer("administrator")) if one.username == "clerk")
    assert line.posts == ()


def test_says_on_the_page_who_used_what_when_and_what_is_late(world: World, at: Callable[[str], object]) -> None:
    page = as_("privacy").get("/accounts/review").content.decode()
    assert "從來沒登入過" in page
    assert "自己的要由另一位看" in page
    assert "已經逾期" in page
    answer = as_("privacy").post("/accounts/review", {"account": [str(account("clerk").pk), str(account("worker").pk)]})
    assert answer.headers["Location"] == "/accounts/review"
    assert Finding.objects.count() == 2
    assert "帳號清查過了" in as_("administrator").get("/accounts").content.decode()
    assert "帳號清查過了" in as_("privacy").get("/account").content.decode()


@pytest.mark.parametrize(
    "sent", [{"account": ["x"]}, {"end": "x"}, {"account": ["01a2006d-ebe0-746c-88a4-90cb72783841"]}]
)
def test_takes_no_account_that_it_did_not_show(world: World, sent: dict[str, object]) -> None:
    assert as_("privacy").post("/accounts/review", sent).status_code == 404
