"""The county's accounts: one quarter seen whole, one late, somebody invited; nobody has confirmed his own."""

from __future__ import annotations

import pytest

from anwang.accounts import queries
from anwang.accounts.models import Finding, Invitation
from anwang.demo.beats import play, taipei
from anwang.demo.founding import found
from anwang.demo.stories.accounts import LEFT, Accounts
from anwang.foundation import clock

AT = taipei("2026-04-21 11:30")


@pytest.mark.django_db
def test_leaves_a_review_that_is_late_and_an_invitation_that_waits() -> None:
    with clock.frozen(AT):
        county = found()
    play([Accounts(county)], AT, lambda _done, _of: None)
    with clock.frozen(AT):
        review = queries.review(county.become("yu"))
        lines = queries.accounts(county.become("yu"))
    assert review.is_late
    assert {one.username for one in lines if not one.found_at} == {*LEFT, "yu"}
    assert Invitation.objects.get().username == "yu.yichen"
    assert not [one for one in Finding.objects.all() if one.by == one.account.worker_id]
