"""The line of every decision of the published minutes: no link is dead, no decision is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse

from anwang import rulebook
from anwang.minutes.reading import Minutes, read
from anwang.tracking import lines, places, rules

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
OF = {
    "net-minutes-2019": "000_", "net-minutes-2021": "001_", "net-minutes-2020": "002_", "net-minutes-2018": "003_",
    "net-minutes-2022": "004_",
}  # fmt: skip


def paper(minutes: str) -> tuple[str, Minutes]:
    found = sorted(SEEDS.glob(OF[minutes] + "*.txt"))
    if not found:
        pytest.skip("the published minutes are not on this machine")
    text = found[0].read_text(encoding="utf-8")
    return text, read(text)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_leads_to_pages_that_exist() -> None:
    dead = []
    for name in rules.pages():
        try:
            reverse(name)
        except NoReverseMatch:
            dead.append(name)
    assert dead == []


def test_names_a_place_once_and_says_it_in_both_languages() -> None:
    for minutes, rows in lines.lines().items():
        assert len({one.at for one in rows}) == len(rows), minutes
        for one in rows:
            assert one.says.to("en") != one.says.to("zh"), one.at
            assert one.note.to("en") != one.note.to("zh"), one.at


def test_says_honestly_what_is_not_done_yet() -> None:
    every = [one for rows in lines.lines().values() for one in rows]
    assert {one.now for one in every} == set(lines.NOW)
    assert all(not one.to for one in every if one.now == "outside")


def test_leads_to_a_rule_that_began_when_it_says() -> None:
    book = rulebook.book()
    for rows in lines.lines().values():
        for one in rows:
            for end in one.to:
                assert rules.why_dead(end.kind, end.ref, end.from_on, book) == "", (one.at, end)


@pytest.mark.parametrize("minutes", sorted(OF))
def test_covers_every_decision_of_the_minutes_and_no_other(minutes: str) -> None:
    _text, found = paper(minutes)
    printed = {place: said for place, said in places.of_paper(found) if said != "洽悉。"}
    drawn = {one.at for one in lines.lines()[minutes]}
    assert drawn - set(printed) == set()
    assert {place for place, said in printed.items() if not said.endswith("：")} - drawn == set()


@pytest.mark.parametrize("minutes", sorted(OF))
def test_quotes_words_that_stand_at_that_place(minutes: str) -> None:
    _text, found = paper(minutes)
    said = dict(places.of_paper(found))
    for one in lines.lines()[minutes]:
        assert squeezed(one.words) in squeezed(said[one.at]), (one.at, one.words)


def test_leads_back_from_a_rule() -> None:
    found = lines.leading_to("care.who_serves")
    assert ("net-minutes-2021", "報告案五、三") in {(one.minutes, one.at) for one in found}
    assert lines.leading_to("no.such.rule") == ()
