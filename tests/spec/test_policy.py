"""The shipped policy: every situation holds, tables are total, what is unknown never lowers protection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang import rulebook
from anwang.indicators.definitions import definitions
from anwang.rulebook.handles import judge
from anwang.rulebook.instruments import Instrument
from anwang.rulebook.situations import Situation, read_situations, run
from anwang.rulebook.tables import Table
from anwang.rulebook.versions import Version

BOOK = rulebook.book()
SITUATIONS, WRITTEN_BADLY = read_situations(BOOK)
TABLES = [version for version in BOOK.versions() if isinstance(version.content, Table)]
FORMS = [version for version in BOOK.versions() if isinstance(version.content, Instrument)]
FIGURE_DAYS = (date(2018, 2, 26), date(2026, 3, 7))
INSTRUMENTS = [version for version in FORMS if version.content.levels is not None]


def name_of(version: Version[Any]) -> str:
    return f"{version.rule_id} {version.from_}"


@pytest.mark.parametrize("situation", SITUATIONS, ids=[situation.name for situation in SITUATIONS])
def test_situation(situation: Situation) -> None:
    assert run(BOOK, situation) == []


def test_every_rule_and_every_change_is_shown() -> None:
    assert WRITTEN_BADLY == []
    assert BOOK.check() == []


def test_no_two_situations_have_one_name() -> None:
    names = [situation.name for situation in SITUATIONS]
    assert sorted(names) == sorted(set(names))


def test_the_stories_are_among_the_situations() -> None:
    assert {"1", "2", "5"} <= {situation.story for situation in SITUATIONS}


@pytest.mark.parametrize("version", TABLES, ids=name_of)
def test_table_answers_every_combination(version: Version[Any]) -> None:
    table = version.content
    for answers in table.combinations():
        ruling = table.walk(answers)
        assert ruling.certain is not None
        assert ruling.possible == ()


@pytest.mark.parametrize("version", TABLES, ids=name_of)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_unknown_never_lowers_protection(version: Version[Any], data: st.DataObject) -> None:
    table: Table = version.content
    samples = table.samples()
    answers = {name: data.draw(st.sampled_from(values), name) for name, values in samples.items()}
    hidden = data.draw(st.sets(st.sampled_from(sorted(samples)) if samples else st.nothing()), "hidden")
    full = judge(version, answers)
    part = judge(version, {name: a for name, a in answers.items() if name not in hidden})
    assert full.outcome in part.possible
    assert part.outcome in (None, full.outcome)
    if table.ordered:
        order = [outcome.code for outcome in table.outcomes]
        assert order.index(str(part.ceiling)) <= order.index(str(full.outcome)) <= order.index(str(part.floor))


@pytest.mark.parametrize("version", INSTRUMENTS, ids=name_of)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_unanswered_items_never_lower_the_level(version: Version[Any], data: st.DataObject) -> None:
    instrument: Instrument = version.content
    given_as = sorted(instrument.answers)
    answers: Mapping[str, str] = {name: data.draw(st.sampled_from(given_as), name) for name in instrument.rated}
    hidden = data.draw(st.sets(st.sampled_from(sorted(instrument.rated))), "hidden")
    full = judge(version, answers)
    part = judge(version, {name: a for name, a in answers.items() if name not in hidden})
    assert instrument.levels is not None
    order = [outcome.code for outcome in instrument.levels.outcomes]
    assert order.index(str(part.ceiling)) <= order.index(str(full.outcome)) <= order.index(str(part.floor))


@pytest.mark.parametrize("version", TABLES, ids=name_of)
def test_asking_everything_settles_every_table(version: Version[Any]) -> None:
    table: Table = version.content
    nothing = judge(version, {})
    if not table.samples():  # one row for whatever is answered: settled before anything is asked
        assert nothing.outcome == table.rows[0].then
        return
    assert nothing.outcome is None
    assert {ask.input for ask in nothing.asks} <= set(table.inputs)
    assert nothing.asks


def test_violence_at_low_danger_is_never_a_family_service() -> None:
    for rule_id in ("screening.dispatch_then_investigate", "screening.investigate_then_dispatch"):
        table: Table = BOOK.handle(rule_id).on(date(2026, 3, 7)).content
        for answers in table.combinations():
            if answers["harm"] == "yes":
                certain = table.walk(answers).certain
                assert certain is not None
                assert certain.then.startswith("protection")


def test_every_version_is_cited_or_marked_and_can_be_revived() -> None:
    for version in BOOK.versions():
        assert version.cite or version.assumption
        assert BOOK.revive(version.stored).hash == version.hash


def test_every_source_is_cited() -> None:
    versions = [version for handle in BOOK.contents.handles.values() for version in handle.national]
    cited = {cite.source for version in versions for cite in (version.cite, *version.also) if cite}
    cited |= {s.given["cite"]["source"] for s in SITUATIONS if "cite" in s.given}
    cited |= {
        version.cite.source
        for handle in BOOK.contents.handles.values()
        for line in handle.counties.values()
        for version in line
        if version.cite
    }
    cited |= {figure.cite.source for day in FIGURE_DAYS for figure in definitions(day).values() if figure.cite}
    lists = [version.content for version in versions if version.kind == "codelist" and not version.withdrawn]
    cited |= {str(code.marks["source"]) for codes in lists for code in codes.codes if "source" in code.marks}
    assert set(BOOK.contents.sources) - cited == set()


def test_code_lists_hold_the_states_codes() -> None:
    day = date(2026, 3, 7)
    counts = {
        "report.unit": 39,
        "report.source": 6,
        "report.type": 4,
        "visit.method": 12,
        "visit.target": 7,
        "case.open_decision": 4,
        "case.status": 12,
        "placement.kind": 16,
        "placement.ended": 9,
    }
    for rule_id, count in counts.items():
        codes = BOOK.codelist(rule_id).on(day).codes
        assert len({code.twss for code in codes if code.twss}) == count, rule_id


def test_reasons_not_to_open_protect_children_and_the_missing() -> None:
    reasons = BOOK.codelist("case.not_open_reasons").on(date(2026, 3, 7))
    assert len(reasons.codes) >= 10
    assert reasons["missing"].marks["allowed"] == "no"
    assert reasons["refused"].marks == {"supervisor": "yes", "not_for_children": "yes", "rule": "refusal.four_rules"}
    assert len(BOOK.codelist("late.causes").on(date(2026, 3, 7)).codes) == 6


def test_reference_lists_named_by_duties_exist() -> None:
    for handle in BOOK.duties():
        for version in handle.national:
            asks = version.content.late.get("asks")
            assert asks is None or asks in BOOK.contents.handles, handle.rule_id


def test_the_danger_form_of_2023_carries_no_old_threshold() -> None:
    form = BOOK.instrument("danger.intimate").on(date(2023, 1, 1))
    assert form.content.levels is None
    assert form.assess({}).outcome is None
