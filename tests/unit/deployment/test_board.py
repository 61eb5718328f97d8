"""Figures of deployment: sources in conflict, sums that refuse to guess, imports, who sees what."""

from __future__ import annotations

from datetime import date

import pytest

from anwang.deployment import actions, queries
from anwang.deployment.models import Figure
from anwang.directory.models import Unit
from anwang.directory.states import UnitKind
from anwang.foundation.errors import BadInput, Conflict, Refused
from tests.unit.steering.net import Net

KIND = "welfare_centre"
HEAD = "縣市,種類,年度,數字別,數字,來源,來源日期\n"
TABLE = (
    HEAD + "望潮縣,社會福利服務中心,115,目標,4,核定計畫,114年12月1日\n"
    "青嵐縣,社會福利服務中心,115,目標,未定,核定計畫,114年12月1日\n"
)


def state(net: Net, who: str, county: str, number: int | None, reach: str = "draft", **given: object) -> Figure:
    told = {"kind": KIND, "year": 2026, "says": "actual", "source": "函報", "source_on": date(2026, 4, 1), **given}
    figure = actions.FigureGiven(county=county, number=number, **told)  # type: ignore[arg-type]
    return actions.state_figure(given=figure, reach=reach, by=net.be(who), at=net.now)


def row(net: Net, who: str, county: str = "99001") -> queries.Row:
    return next(one for one in queries.board(net.be(who), KIND, 2026).rows if one.county == county)


def test_shows_both_numbers_of_two_sources_and_sums_neither(net: Net) -> None:
    state(net, "officer", "99001", 4, "published")
    state(net, "officer", "99001", 3, "published", source="訪視紀錄")
    found = row(net, "officer").cells[1]
    assert (found.state, found.number) == ("conflict", None)
    assert {one.number for one in found.stated} == {3, 4}
    total = queries.board(net.be("officer"), KIND, 2026).totals[1]
    assert total.number is None
    assert total.because == ("望潮縣來源不一致", "青嵐縣沒有數字")


def test_sums_when_every_county_has_one_number(net: Net) -> None:
    state(net, "officer", "99001", 4, "published")
    state(net, "officer", "99001", 4, "published", source="訪視紀錄")
    state(net, "officer", "99002", 0, "published")
    assert queries.board(net.be("officer"), KIND, 2026).totals[1].number == 4


def test_keeps_what_a_source_leaves_open_as_undecided(net: Net) -> None:
    state(net, "officer", "99001", None, "published")
    assert row(net, "officer").cells[1].state == "unknown"
    assert "望潮縣未定" in queries.board(net.be("officer"), KIND, 2026).totals[1].because


def test_counts_the_directory_and_says_where_it_differs(net: Net) -> None:
    state(net, "officer", "99001", 2, "published")
    found = row(net, "officer")
    assert (found.live, found.differs) == (1, True)
    Unit.objects.create(code="new", name="新設中心", kind=UnitKind.WELFARE, jurisdiction_id="99001",
                        opened_on=date(2026, 2, 1))  # fmt: skip
    found = row(net, "officer")
    assert (found.live, found.differs) == (2, False)


def test_counts_the_directory_as_it_stood_at_the_end_of_the_year(net: Net) -> None:
    Unit.objects.create(
        code="new", name="新設中心", kind=UnitKind.WELFARE, jurisdiction_id="99001", opened_on=date(2026, 2, 1)
    )
    last_year = queries.board(net.be("officer"), KIND, 2025).rows[0]
    assert last_year.live == 1
    assert queries.board(net.be("officer"), KIND, 2027).rows[0].live is None


def test_shows_published_figures_that_disagree_beside_each_other(net: Net) -> None:
    found = queries.board(net.be("officer"), "mental_centre", 2025)
    assert {one.number for one in found.published if (one.year, one.says) == (2025, "actual")} == {57, 61}
    assert any("57" in words and "61" in words for words in found.published_conflicts)


@pytest.mark.parametrize(
    ("reach", "seen_by"),
    [
        ("draft", {"county_officer": True, "officer": False, "neighbour": False}),
        ("sent", {"county_officer": True, "officer": True, "neighbour": False}),
    ],
)
def test_lets_each_see_only_what_reached_him(net: Net, reach: str, seen_by: dict[str, bool]) -> None:
    state(net, "county_officer", "99001", 4, reach)
    assert {who: bool(row(net, who).cells[1].stated) for who in seen_by} == seen_by


def test_publishes_to_all_who_steer(net: Net) -> None:
    figure = state(net, "county_officer", "99001", 4, "sent")
    with pytest.raises(Refused):
        actions.move_figure(figure_id=figure.id, to="published", by=net.be("county_officer"), at=net.now)
    actions.move_figure(figure_id=figure.id, to="published", by=net.be("officer"), at=net.now)
    assert row(net, "neighbour").cells[1].number == 4
    with pytest.raises(Conflict):
        actions.move_figure(figure_id=figure.id, to="published", by=net.be("officer"), at=net.now)


def test_refuses_another_countys_figure_and_a_field_workers(net: Net) -> None:
    for who in ("neighbour", "worker", "welfare_supervisor"):
        with pytest.raises(Refused):
            state(net, who, "99001", 4)
    with pytest.raises(Refused):
        state(net, "county_officer", "99001", 4, "published")


def test_refuses_an_actual_number_of_a_year_to_come(net: Net) -> None:
    with pytest.raises(BadInput, match="還沒到"):
        state(net, "officer", "99001", 4, "published", year=2027)


def test_refuses_the_same_source_twice_until_it_is_withdrawn(net: Net) -> None:
    figure = state(net, "county_officer", "99001", 4)
    with pytest.raises(Conflict):
        state(net, "county_officer", "99001", 5)
    with pytest.raises(BadInput, match="撤回"):
        actions.withdraw_figure(figure_id=figure.id, because=" ", by=net.be("county_officer"), at=net.now)
    actions.withdraw_figure(figure_id=figure.id, because="打錯", by=net.be("county_officer"), at=net.now)
    state(net, "county_officer", "99001", 5)
    assert row(net, "county_officer").cells[1].number == 5


def test_imports_a_table_once(net: Net) -> None:
    done = actions.import_table(text=TABLE, reach="published", by=net.be("officer"), at=net.now)
    assert (done.new, done.already) == (2, 0)
    again = actions.import_table(text="\ufeff" + TABLE, reach="published", by=net.be("officer"), at=net.now)
    assert (again.new, again.already) == (0, 2)
    assert row(net, "officer").cells[0].number == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "第一行要有這些欄位"),
        (HEAD + "某縣,社會福利服務中心,115,目標,4,核定計畫,114/12/1", "沒有「某縣」"),
        (HEAD + "望潮縣,太空站,115,目標,4,核定計畫,114/12/1", "沒有「太空站」"),
        (HEAD + "望潮縣,社會福利服務中心,明年,目標,4,核定計畫,114/12/1", "年度要像115"),
        (HEAD + "望潮縣,社會福利服務中心,115,目標,四,核定計畫,114/12/1", "數字要是整數"),
        (HEAD + "望潮縣,社會福利服務中心,115,願望,4,核定計畫,114/12/1", "請選目標"),
        (HEAD + "望潮縣,社會福利服務中心,115,目標,4,,114/12/1", "來源"),
        (HEAD + "望潮縣,社會福利服務中心,115,目標,4,核定計畫,2月30日", "年月日"),
        (TABLE + "望潮縣,社會福利服務中心,115,目標,5,核定計畫,114年12月1日", "兩個數字"),
    ],
)
def test_imports_nothing_of_a_table_with_a_fault(net: Net, text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        actions.import_table(text=text, reach="published", by=net.be("officer"), at=net.now)
    assert not Figure.objects.exists()


def test_imports_only_ones_own_county(net: Net) -> None:
    with pytest.raises(Refused):
        actions.import_table(text=TABLE, reach="draft", by=net.be("county_officer"), at=net.now)
    assert not Figure.objects.exists()


def test_asks_for_posts_when_the_number_of_centres_changed(net: Net) -> None:
    state(net, "officer", "99001", 3, "published", year=2025, source_on=date(2025, 12, 31))
    state(net, "officer", "99001", 4, "published")
    assert row(net, "county_officer").asks_posts
    assert row(net, "county_officer").was == 3
    assert not row(net, "county_officer", "99002").asks_posts
