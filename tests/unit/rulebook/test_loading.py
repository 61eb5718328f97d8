"""The loader refuses each kind of error, and names all of them at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from anwang import rulebook
from anwang.rulebook.conditions import Span

from .folders import DUTY, EVENTS, SOURCES, TABLE, VALUE, write


def problems(folder: Path) -> str:
    with pytest.raises(rulebook.RulebookError) as caught:
        rulebook.load(folder)
    return str(caught.value)


def test_loads_the_small_policy(tmp_path: Path) -> None:
    assert set(rulebook.load(write(tmp_path)).contents.handles) == {"days.limit", "first.visit", "track"}


BROKEN = [
    ("value", VALUE.replace("type:", "typ:"), "unknown key 'typ'"),
    ("value", VALUE + "title: {zh: 又, en: Again}\n", "key 'title' is written twice"),
    ("value", VALUE.replace("cite: {source: act, at: 第1條}, ", ""), "needs a cite or an assumption"),
    ("value", VALUE.replace("source: act", "source: rumour"), "unknown source 'rumour'"),
    ("value", VALUE.replace(", at: 第1條", ""), "'at' is missing"),
    ("value", VALUE.replace("value: 10", "value: ten"), "value 'ten' is not a whole_number"),
    ("value", VALUE.replace("value: 10", "value: true"), "is not a whole_number"),
    ("value", VALUE.replace("2020-01-01", "2020-02-30"), "is not a day"),
    ("value", VALUE.replace("shorter_only", "sometimes"), "'sometimes' is not one of"),
    ("value", VALUE.replace("title: {zh: 期限, en: Limit}", "title: {zh: 期限}"), "'en' is missing"),
    ("value", VALUE.replace("value: days.limit", "number: days.limit"), "a document starts with one of"),
    ("value", VALUE + "  - {from: 2020-01-01, assumption: 又, type: whole_number, value: 3}\n", "two versions start"),
    ("value", VALUE + "  - {from: 2019-01-01, assumption: 早, type: word, value: a}\n", "earliest to the latest"),
    ("duty", DUTY.replace("report.received", "report.dreamt"), "unknown event 'report.dreamt'"),
    ("duty", DUTY.replace("within: 10 days", "within: ten days"), "a length reads like"),
    ("duty", DUTY.replace("only_if: {kind", "only_if: {mood"), "the event carries no fact 'mood'"),
    ("duty", DUTY.replace("counted_from: received_at", "counted_from: seen"), "carries no 'seen'"),
    ("duty", DUTY.replace("    done_by: [contact.made]\n    done_only_if: {seen: yes}\n", ""), "'done_by' is missing"),
    ("duty", DUTY.replace("done_by:", "owed_by: nobody\n    done_by:"), "'nobody' is not one of"),
    ("duty", DUTY.replace("done_by:", "count: {roll: sideways}\n    done_by:"), "'sideways' is not one of"),
    ("duty", DUTY.replace("done_by:", "resting: yes\n    done_by:"), "belong together"),
    ("table", TABLE.replace("{danger: yes}", "{weather: yes}"), "no input is called 'weather'"),
    ("table", TABLE.replace("{danger: yes}", "{danger: maybe}"), "'maybe' is not among its choices"),
    ("table", TABLE.replace("{danger: yes}", "{danger: 3}"), "does not fit a yes_no"),
    ("table", TABLE.replace("{danger: yes}", "{danger: true}"), "is no condition"),
    ("table", TABLE.replace("then: vulnerable", "then: mild"), "outcome 'mild' is not listed"),
    ("table", TABLE.replace("      - {row: 3, else: general}\n", ""), "no row answers"),
    ("table", TABLE.replace("row: 2", "row: 1"), "row name used twice"),
    ("table", TABLE.replace("then: crisis", "then: general"), "most to the least protective"),
    ("table", TABLE.replace('">= 2"', '">= 20"'), "row 2 can never be reached"),
    ("table", TABLE.replace("type: yes_no", "type: mood"), "type 'mood' is not one of"),
    ("events", EVENTS.replace("event: contact.made", "event: report.received"), "is listed twice"),
    ("sources", SOURCES + SOURCES.strip().splitlines()[1] + "\n", "source listed twice"),
    ("other", VALUE, "this id is used twice"),
    ("other", "enacts: nothing\ncounty: '1'\nversions: []\n", "no rule has this id"),
    ("other", "a: [1\n", "expected"),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN, ids=[case[2][:40] for case in BROKEN])
def test_refuses(tmp_path: Path, name: str, text: str, message: str) -> None:
    assert message in problems(write(tmp_path, **{name: text}))


def test_refuses_overlap_and_gap(tmp_path: Path) -> None:
    later = "  - {from: 2022-01-01, assumption: 後, type: whole_number, value: 3}\n"
    overlap = VALUE.replace("{from: 2020-01-01,", "{from: 2020-01-01, until: 2022-06-30,") + later
    assert "overlaps the one from 2022-01-01" in problems(write(tmp_path, value=overlap))
    gap = overlap.replace("2022-06-30", "2021-11-30")
    assert "nothing is in force between" in problems(write(tmp_path, value=gap))


def test_names_every_problem_at_once(tmp_path: Path) -> None:
    said = problems(
        write(
            tmp_path,
            value=VALUE.replace("source: act", "source: rumour"),
            duty=DUTY.replace("report.received", "report.dreamt"),
            table=TABLE.replace("then: crisis", "then: general"),
        )
    )
    assert all(words in said for words in ("rumour", "report.dreamt", "least protective", "value.yaml", "duty.yaml"))


def test_says_when_the_folder_is_no_policy(tmp_path: Path) -> None:
    assert "not a policy folder" in problems(tmp_path)


def test_reads_scalars_by_yaml_1_2(tmp_path: Path) -> None:
    words = (
        "value: odd\ntitle: {zh: 怪, en: Odd}\nversions:\n"
        "  - {from: 2020-01-01, assumption: 試, type: words, value: [yes, no, on, off, 12:30, 010, 1e3]}\n"
    )
    book = rulebook.load(write(tmp_path, odd=words))
    first = book.value("odd").handle.national[0]
    assert first.value == ("yes", "no", "on", "off", "12:30", "010", "1e3")


SCALE = """
instrument: low.spirits
title: {zh: 心情, en: Spirits}
kinds: [elder]
valid_for: {age: ">= 65"}
answers: {1: {zh: 不同意, en: Disagree}, 2: {zh: 還好, en: So so}, 3: {zh: 同意, en: Agree}}
scores: {score: {ask: {zh: 總分, en: Score}, sum_of: all}}
outcomes: [{code: low, zh: 低落, en: Low}, {code: usual, zh: 一般, en: Usual}]
rows: [{row: low, if: {score: ">= 6"}, then: low}, {row: rest, else: usual}]
versions:
  - from: 2020-01-01
    assumption: 試
    items: [{id: empty, zh: 空虛, en: Empty}, {id: content, zh: 滿意, en: Content, reversed: yes, weight: 2}]
"""


def test_counts_an_item_that_protects_the_other_way_round_and_a_scale_from_one(tmp_path: Path) -> None:
    scale = rulebook.load(write(tmp_path, scale=SCALE)).instrument("low.spirits").on(date(2026, 3, 7))
    content = scale.version.content
    assert content.score({"empty": 1, "content": 3}) == {"score": 3}
    assert content.score({"empty": 3, "content": 1}) == {"score": 9}
    assert content.score({"empty": 2, "content": "declined"}) == {"score": Span(4, 8)}


WRONG = [
    ("reversed: yes", "reversed: perhaps", "reversed: 'perhaps' is not one of yes, no"),
    ("weight: 2", "weight: double", "weight 'double' is no whole number"),
    ("{age:", "{height:", "valid_for: 'height' is not one of age, sex, relation"),
    ('">= 6"', '">= 10"', "row low can never be reached"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG, ids=[one[2][:30] for one in WRONG])
def test_names_what_is_wrong_in_a_scale(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert message in problems(write(tmp_path, scale=SCALE.replace(old, new)))
