"""Who bears what: tiers that jump, shares that add to a hundred, undecided as an answer, half without premises."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.funding import actions, bearing, queries, rules, sums
from anwang.funding.actions import Granted, TierGiven
from anwang.funding.models import Award, Share, Tier
from anwang.funding.queries.tiers import NAMES
from tests.unit.funding.conftest import Treasury

pytestmark = pytest.mark.django_db


def tier(treasury: Treasury, level: int, first: int, last: int | None = None, **given: str) -> Tier:
    told = TierGiven(county="99001", level=level, from_year=first, to_year=last, source="主計總處函（虛構）")
    return actions.register_tier(given=told, by=treasury.be("xie"), **given)


@pytest.mark.parametrize(
    ("county", "year", "level"),
    [("63000", 2018, 1), ("63000", 2021, 1), ("10017", 2019, None), ("10017", 2020, 4), ("10017", 2023, 3),
     ("10014", 2025, 5), ("10014", 2026, 1), ("67000", 2026, 5), ("10014", 2029, None), ("63000", 2017, None),
     ("99001", 2026, None)],
)  # fmt: skip
def test_knows_the_tiers_that_were_found_and_no_other(county: str, year: int, level: int | None) -> None:
    assert rules.tier(county, year).value == level


@pytest.mark.parametrize(
    ("level", "year", "central"),
    [
        (1, 2018, 10),
        (1, 2021, 10),
        (1, 2025, 10),
        (1, 2026, None),
        (2, 2021, None),
        (5, 2018, None),
        (None, 2021, None),
    ],
)
def test_bears_a_tenth_in_the_first_tier_and_guesses_nothing_else(
    level: int | None, year: int, central: int | None
) -> None:
    told = rules.share(level, year)
    assert told.value == central
    assert told.why


def test_names_every_county_that_the_table_asks_about() -> None:
    asked = book().table(rules.TIER).on(date(2026, 1, 1)).version.content.inputs["county"].choices
    assert {f"c{code}" for code in NAMES} == set(asked)


def test_an_undecided_share_leaves_both_parts_undecided(treasury: Treasury) -> None:
    award = Award.objects.get(grant=treasury.grant(treasury.line()))
    assert (award.total, award.central, award.local, award.central_percent) == (1_000_000, None, None, None)
    assert "級次未定" in award.why


def test_a_registered_tier_and_share_count_with_their_source(treasury: Treasury) -> None:
    line = treasury.line()
    tier(treasury, 5, 2023, 2025)
    tier(treasury, 1, 2026)
    given = {"line_id": line.id, "source": "計畫第柒章", "by": treasury.be("xie")}
    actions.set_share(level=1, from_year=2018, central=10, local=90, **given)
    actions.set_share(level=5, from_year=2018, central=88, local=12, **given)
    award = Award.objects.get(grant=treasury.grant(line, 1_000_001))
    assert (award.level, award.central, award.local) == (1, 100_000, 900_001)
    before = Award.objects.get(grant=treasury.grant(line, 1_000_001, year=2025))
    assert (before.level, before.central, before.local) == (5, 880_000, 120_001)
    assert "計畫第柒章" in award.why


def test_shares_add_to_a_hundred_in_the_database_too(treasury: Treasury) -> None:
    line = treasury.line()
    by = treasury.be("xie")
    for central, local in ((10, 80), (None, 90), (110, -10)):
        with pytest.raises(BadInput):
            actions.set_share(
                line_id=line.id, level=1, from_year=2026, central=central, local=local, source="依據", by=by
            )
    for central, local in ((10, 80), (None, 100), (100, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Share.objects.create(
                id=uuid7(), line=line, level=1, from_year=2026, central=central, local=local, source="依據",
                recorded_at=clock.now(), recorded_by=by.worker_id,
            )  # fmt: skip


def test_tiers_never_overlap_and_a_correction_says_why(treasury: Treasury) -> None:
    tier(treasury, 4, 2023, 2025)
    with pytest.raises(BadInput):
        tier(treasury, 3, 2025, 2027)
    tier(treasury, 3, 2025, 2027, because="抄錯年度")
    assert Tier.objects.filter(replaced_at=None).count() == 1
    assert bearing.tier_of("99001", 2025).value == 3
    assert bearing.tier_of("99001", 2023).value is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Tier.objects.create(
            id=uuid7(), county="99001", level=2, from_year=2027, source="依據", status="published",
            recorded_at=clock.now(), recorded_by=treasury.be("xie").worker_id,
        )  # fmt: skip


def test_kinds_of_money_are_borne_by_one_side(treasury: Treasury) -> None:
    lottery = Award.objects.get(grant=treasury.grant(treasury.line("lottery", "lottery_feedback")))
    local = Award.objects.get(grant=treasury.grant(treasury.line("local", "lottery_local")))
    assert (lottery.central, lottery.local) == (1_000_000, 0)
    assert (local.central, local.local) == (0, 1_000_000)
    assert rules.is_bonus("lottery_local", 2026)
    assert not rules.is_bonus("plan", 2026)


@pytest.mark.parametrize(("premises", "total", "least"), [("yes", 1_640_000, 1_640_000), ("no", 820_000, 820_000),
                                                           ("unknown", None, 820_000)])  # fmt: skip
def test_half_the_operating_grant_without_premises(
    treasury: Treasury, premises: str, total: int | None, least: int
) -> None:
    line = treasury.line("centre", halves_without_premises=True)
    award = Award.objects.get(grant=treasury.grant(line, None, what="東汀心衛中心業務費", premises=premises))
    assert (award.total, award.least) == (total, least)


def test_sums_refuse_to_guess(treasury: Treasury) -> None:
    line = treasury.line("centre", halves_without_premises=True)
    treasury.grant(line, None, what="甲處", premises="yes")
    treasury.grant(line, None, what="乙處", premises="unknown")
    whole = queries.overview(treasury.be("xie"), 2026).whole
    assert whole.total == "至少2,460,000元，另有1項未定"
    assert whole.central == "未定（2項）"
    assert whole.rate == "未定"


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 10**9)), st.integers(0, 10**6)), max_size=8))
@settings(max_examples=40, deadline=None)
def test_a_sum_never_says_more_than_is_known(parts: list[tuple[int | None, int]]) -> None:
    whole = sums.total(parts)
    assert whole.undecided == sum(amount is None for amount, _least in parts)
    assert whole.least == sum(least if amount is None else amount for amount, least in parts)
    assert ("未定" in whole.text) == bool(whole.undecided)


@given(st.integers(0, 10**11), st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_parts_add_to_the_amount(amount: int, percent: int) -> None:
    central, local = sums.split(amount, percent)
    assert central is not None
    assert local is not None
    assert central + local == amount
    assert central <= amount * percent / 100 < central + 1 or amount * percent % 100 == 0


def test_only_the_ministry_keeps_lines_tiers_and_grants(treasury: Treasury) -> None:
    line = treasury.line()
    told = Granted(
        line_id=line.id, county="99001", year=2026, what="人事費", letter="號", dated_on=date(2026, 1, 5), total=1
    )
    for who in ("cheng", "chief", "worker"):
        with pytest.raises(Refused):
            actions.give_grant(given=told, by=treasury.be(who))
    treasury.grant(line)
    with pytest.raises(Conflict):
        treasury.grant(line)
    for wrong in ({"year": 2017}, {"county": "99000"}, {"total": -1}, {"letter": " "}, {"what": ""}):
        with pytest.raises(BadInput):
            treasury.grant(line, **{"what": "另一項", **wrong})  # type: ignore[arg-type]


def test_a_county_sees_its_own_money(treasury: Treasury) -> None:
    line = treasury.line()
    own, other = treasury.grant(line), treasury.grant(line, county="99002")
    cheng = treasury.be("cheng")
    assert [row.id for row in queries.overview(cheng, 2026).rows] == [own.id]
    assert queries.years(treasury.be("bo")) == [2026]
    with pytest.raises(Refused):
        queries.overview(treasury.be("worker"), 2026)
    with pytest.raises(NotFound):
        queries.grant_page(treasury.be("cheng"), other.id)
    assert queries.grant_page(treasury.be("xie"), other.id).county == "99002"


def test_shows_jumps_and_both_sources_where_they_differ(treasury: Treasury) -> None:
    tier(treasury, 5, 2023, 2025)
    tier(treasury, 1, 2026)
    periods, rows = queries.tier_table(treasury.be("cheng"))
    assert periods == ("107至108年", "109至111年", "112至114年", "115年起")
    here = next(row for row in rows if row.name == "望潮縣")
    assert [cell.tier for cell in here.cells] == ["未定", "未定", "第5級", "第1級"]
    jumps = {row.name for row in rows if row.jump}
    assert {"望潮縣", "臺東縣", "花蓮縣", "臺南市"} <= jumps
    assert "臺北市" not in jumps


def test_a_changed_award_comes_by_another_letter_with_a_reason(treasury: Treasury) -> None:
    grant = treasury.grant(treasury.line())
    treasury.hands.advance(timedelta(days=1))
    by = treasury.be("xie")
    changed = {"grant_id": grant.id, "letter": "衛部救字第1150000009號", "dated_on": date(2026, 6, 2), "by": by}
    with pytest.raises(BadInput):
        actions.change_award(total=1, because="", **changed)
    actions.change_award(total=1_200_000, because="增聘一名", **changed)
    page = queries.grant_page(by, grant.id)
    assert [one.total for one in page.awards] == ["1,200,000元", "1,000,000元"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Award.objects.filter(grant=grant).update(letter="改")
