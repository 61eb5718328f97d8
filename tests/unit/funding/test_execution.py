"""Quarters once and in order, spent within granted, what goes back after the year, totals recomputed in SQL."""

from __future__ import annotations

import random
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.funding import actions, queries, rules, sums
from anwang.funding.actions import Spent
from anwang.funding.models import Execution, Grant, Surplus
from anwang.matters.promises import keep
from tests.unit.funding.conftest import Treasury

pytestmark = pytest.mark.django_db

AFTER = "2026-06-01T10:00+08:00"


def spend(treasury: Treasury, grant: Grant, quarter: int, spent: int, who: str = "cheng", **given: str) -> Execution:
    told = Spent(quarter=quarter, spent=spent, reason=given.pop("reason", "招聘中"), **given)
    return actions.report_execution(grant_id=grant.id, given=told, by=treasury.be(who))


def year(treasury: Treasury, *, central: int | None = 90, kind: str = "plan", total: int = 1_000_000) -> Grant:
    """A grant of 2025, whose quarters are all over."""
    line = treasury.line("y", kind)
    local = None if central is None else 100 - central
    actions.set_share(
        line_id=line.id, level=None, from_year=2018, central=central, local=local, source="計畫", by=treasury.be("xie")
    )
    return treasury.grant(line, total, year=2025, dated_on=date(2025, 1, 6))


def test_days_of_a_year() -> None:
    assert [rules.quarter_ends(2026, n) for n in (1, 4)] == [date(2026, 3, 31), date(2026, 12, 31)]
    assert rules.report_due(2026, 1) == date(2026, 4, 15)
    assert rules.return_due(2025) == date(2026, 2, 28)


def test_a_quarter_is_reported_once_and_corrected_with_a_reason(treasury: Treasury) -> None:
    grant = year(treasury)
    spend(treasury, grant, 1, 200_000)
    with pytest.raises(BadInput):
        spend(treasury, grant, 1, 250_000)
    spend(treasury, grant, 1, 250_000, because="漏列年終")
    assert list(Execution.objects.filter(grant=grant, replaced_at=None).values_list("spent", flat=True)) == [250_000]
    with pytest.raises(IntegrityError), transaction.atomic():
        Execution.objects.create(
            id=uuid7(), grant=grant, quarter=1, spent=1, recorded_at=clock.now(),
            recorded_by=treasury.be("cheng").worker_id,
        )  # fmt: skip
    assert queries.grant_page(treasury.be("cheng"), grant.id).quarters[0].corrected == 1


def test_quarters_come_in_order_and_not_before_they_are_over(treasury: Treasury) -> None:
    grant = treasury.grant(treasury.line())
    with pytest.raises(Refused):
        spend(treasury, grant, 2, 1)
    spend(treasury, grant, 1, 1)
    with pytest.raises(Refused):
        spend(treasury, grant, 2, 1)  # June: the second quarter still runs


def test_more_than_granted_takes_a_reason_in_the_database_too(treasury: Treasury) -> None:
    grant = year(treasury)
    spend(treasury, grant, 1, 900_000)
    with pytest.raises(BadInput):
        spend(treasury, grant, 2, 100_001)
    Execution.objects.create(
        id=uuid7(), grant=grant, quarter=2, spent=100_001, recorded_at=clock.now(),
        recorded_by=treasury.be("cheng").worker_id,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        keep()
    Execution.objects.filter(grant=grant, quarter=2).update(
        replaced_at=clock.now(), replaced_by=grant.recorded_by, replaced_because="不能這樣寫"
    )
    spend(treasury, grant, 2, 100_001, over_because="縣自籌先墊，11月變更核定")
    assert queries.grant_page(treasury.be("cheng"), grant.id).quarters[1].rate == "100.0%"


def test_little_spent_takes_a_reason(treasury: Treasury) -> None:
    grant = year(treasury)
    with pytest.raises(BadInput):
        spend(treasury, grant, 1, 199_999, reason="")
    spend(treasury, grant, 1, 200_000, reason="")


def test_an_award_never_falls_below_what_was_spent(treasury: Treasury) -> None:
    grant = year(treasury)
    spend(treasury, grant, 1, 600_000)
    with pytest.raises(BadInput):
        actions.change_award(
            grant_id=grant.id,
            total=599_999,
            letter="號",
            dated_on=date(2026, 6, 1),
            because="減列",
            by=treasury.be("xie"),
        )


@pytest.mark.parametrize(
    ("unspent", "central", "due", "exempt"),
    [(200_000, 90, 180_000, False), (111_111, 90, 0, True), (111_112, 90, 100_000, False), (0, 90, 0, True),
     (200_000, None, None, False), (200_000, 10, 0, True)],
)  # fmt: skip
def test_the_surplus_goes_back_in_the_share_of_the_centre(
    treasury: Treasury, unspent: int, central: int | None, due: int | None, exempt: bool
) -> None:
    grant = year(treasury, central=central)
    for quarter in (1, 2, 3):
        spend(treasury, grant, quarter, 250_000)
    with pytest.raises(Refused):
        actions.settle_year(grant_id=grant.id, by=treasury.be("xie"))
    spend(treasury, grant, 4, 250_000 - unspent)
    surplus = actions.settle_year(grant_id=grant.id, by=treasury.be("xie"))
    # 111,111 x 90 % = 99,999: below a hundred thousand; 111,112 x 90 % = 100,000: not below.
    assert (surplus.central_due, surplus.is_exempt, surplus.due_on) == (due, exempt, date(2026, 2, 28))
    with pytest.raises(Refused):
        spend(treasury, grant, 4, 1, because="再改")


def test_paid_back_once_and_the_amount_that_was_due(treasury: Treasury) -> None:
    grant = year(treasury)
    for quarter in (1, 2, 3, 4):
        spend(treasury, grant, quarter, 200_000)
    back = {"grant_id": grant.id, "on": date(2026, 2, 20), "paper": "望社字第1150000099號", "by": treasury.be("cheng")}
    with pytest.raises(Refused):
        actions.report_returned(amount=180_000, **back)
    actions.settle_year(grant_id=grant.id, by=treasury.be("xie"))
    by = treasury.be("cheng")
    with pytest.raises(BadInput):
        actions.report_returned(amount=179_999, **{**back, "by": by})
    with pytest.raises(Refused):
        actions.report_returned(amount=180_000, **{**back, "by": treasury.be("bo")})
    actions.report_returned(amount=180_000, **{**back, "by": treasury.be("cheng")})
    assert Surplus.objects.get().returned == 180_000
    with pytest.raises(Conflict):
        actions.report_returned(amount=180_000, **{**back, "by": treasury.be("cheng")})


def test_late_quarters_are_derived_and_reminded(treasury: Treasury) -> None:
    grant = treasury.grant(treasury.line())
    page = queries.overview(treasury.be("xie"), 2026)
    assert [(one[2], one[3], one[5]) for one in page.late] == [("人事費", 1, 0)]
    actions.remind(grant_id=grant.id, quarter=1, words="電話告訴程承辦", by=treasury.be("xie"))
    assert queries.overview(treasury.be("cheng"), 2026).late[0][5] == 1
    with pytest.raises(Refused):
        actions.remind(grant_id=grant.id, quarter=2, words="催", by=treasury.be("xie"))
    spend(treasury, grant, 1, 250_000)
    assert queries.overview(treasury.be("xie"), 2026).late == ()


TOTALS = """
WITH now AS (SELECT DISTINCT ON (grant_id) * FROM funding_award ORDER BY grant_id, position DESC)
SELECT sum(coalesce(n.total, n.least))::bigint, count(*) FILTER (WHERE n.total IS NULL),
       coalesce(sum(n.central), 0)::bigint, count(*) FILTER (WHERE n.central IS NULL),
       coalesce((SELECT sum(spent) FROM funding_execution x JOIN funding_grant y ON y.id = x.grant_id
                  WHERE x.replaced_at IS NULL AND y.year = 2025), 0)::bigint
  FROM now n JOIN funding_grant g ON g.id = n.grant_id WHERE g.year = 2025
"""


def test_totals_are_the_same_recomputed_in_sql(treasury: Treasury) -> None:
    chance = random.Random(6)
    lines = {kind: treasury.line(kind, kind) for kind in ("plan", "lottery_feedback", "lottery_local")}
    for number in range(24):
        total = None if number % 7 == 0 else chance.randrange(1_000_000)
        grant = treasury.grant(
            chance.choice(list(lines.values())), total, chance.choice(["99001", "99002", "99003"]), year=2025,
            what=f"第{number}項", least=chance.randrange(1000) if total is None else 0,
        )  # fmt: skip
        if total and number % 2:
            spend(treasury, grant, 1, chance.randrange(total), "xie")
    with connection.cursor() as cursor:
        cursor.execute(TOTALS)
        total, unknown, central, shares, spent = cursor.fetchone()
    whole = queries.overview(treasury.be("xie"), 2025).whole
    assert whole.total == sums.Sum(total, unknown).text
    assert whole.central == sums.Sum(central, shares).text
    assert whole.spent == sums.text(spent)
    counties = queries.overview(treasury.be("xie"), 2025).counties
    assert sum(one.grants for one in counties) == 24
