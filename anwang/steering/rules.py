"""What this room asks the rulebook. No literal of law here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anwang.enactments.queries import book
from anwang.rulebook import Code, NotInForce, Text

TOPIC, THRESHOLD, ITEMS, EFFECT = "steering.topic", "steering.threshold", "steering.assessment", "assessment.effect"


@dataclass(frozen=True)
class Threshold:
    """Below `below` percent of part ÷ whole a county is asked for a plan. `assumption`: what the source leaves open."""

    code: str
    label: Text
    part: str
    whole: str
    below: int
    since: date
    assumption: Text | None


@dataclass(frozen=True)
class Item:
    """An item of the yearly assessment. `figure` is what the system draws as evidence, empty for none."""

    code: str
    label: Text
    most: int
    figure: str


def codes(list_id: str, on: date) -> tuple[Code, ...]:
    """The entries of a list in force on a day; none before it begins."""
    try:
        return tuple(book().codelist(list_id).on(on).codes)
    except NotInForce:
        return ()


def label(list_id: str, code: str, on: date, lang: str) -> str:
    """An entry in the reader's language; the code itself where the list of that day has none."""
    return next((one.label.to(lang) for one in codes(list_id, on) if one.code == code), code)


def thresholds(on: date) -> list[Threshold]:
    version = book().codelist(THRESHOLD).on(on).version
    return [
        Threshold(
            one.code, one.label, str(one.marks["part"]), str(one.marks["whole"]), int(one.marks["below"]),
            version.from_, version.assumption,
        )
        for one in codes(THRESHOLD, on)
    ]  # fmt: skip


def threshold(code: str, on: date) -> Threshold | None:
    return next((one for one in thresholds(on) if one.code == code), None)


def items(on: date) -> tuple[date | None, list[Item]]:
    """Since when the list of a day is in force, and its items; none before there was one."""
    found = codes(ITEMS, on)
    if not found:
        return None, []
    since = book().codelist(ITEMS).on(on).version.from_
    return since, [Item(one.code, one.label, int(one.marks["most"]), str(one.marks.get("figure", ""))) for one in found]


def effect(score: int, on: date) -> tuple[str, date]:
    """What a score does to the grant, and since when the rule says so. Undecided where it does not."""
    rule = book().table(EFFECT).on(on)
    return str(rule.advise({"score": score}).outcome or "undecided"), rule.version.from_


def effect_words(outcome: str, on: date, lang: str) -> tuple[str, str]:
    """(outcome, why) in words."""
    table = book().table(EFFECT).on(on)
    named = next((one.label.to(lang) for one in table.content.outcomes if one.code == outcome), outcome)
    said = table.version.assumption
    return named, said.to(lang) if said else ""
