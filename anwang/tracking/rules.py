"""What this room asks the rulebook. No literal of law here."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy

from anwang import rulebook
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.days import Length, due, end_of_day
from anwang.rulebook import Rulebook, UnknownRule, yaml12
from anwang.rulebook.problems import Problem

from .states import Changed


def rises_at(due_on: date, county: str) -> datetime:
    """From when a decision that nobody reported on is seen by the unit's superior."""
    length = Length.parse(str(book().value("decisions.rise_after").on(due_on, county).value))
    return due(end_of_day(due_on), length)


_DEAD = {
    "page": gettext_lazy("沒有這個頁面，請從清單選。"),
    "indicator": gettext_lazy("沒有這個指標，請從清單選。"),
    "rule": gettext_lazy("沒有這條規則，請從規則頁抄代碼。"),
    "kind": gettext_lazy("量表和規則請分開選。"),
    "version": gettext_lazy("這條規則沒有從這一天起的版本。請查規則頁的歷來版本。"),
}


def leads_somewhere(kind: str, ref: str, from_on: date | None) -> str:
    """Why a link leads nowhere, as a sentence; empty where it leads to something this product has."""
    dead = why_dead(kind, ref, from_on, book())
    return str(_DEAD[dead]) if dead else ""


def why_dead(kind: str, ref: str, from_on: date | None, among: Rulebook) -> str:
    """What is wrong with a link: page, indicator, rule, kind, version; empty where nothing is."""
    if kind == Changed.PAGE:
        return "" if ref in pages() else "page"
    if kind == Changed.INDICATOR:
        return "" if ref in indicators() else "indicator"
    if kind not in (Changed.RULE, Changed.INSTRUMENT):
        return ""
    try:
        handle = among.handle(ref)
    except UnknownRule:
        return "rule"
    if (handle.kind == "instrument") != (kind == Changed.INSTRUMENT):
        return "kind"
    known = from_on is None or any(one.from_ == from_on for one in handle.versions())
    return "" if known else "version"


def pages() -> dict[str, dict[str, str]]:
    """Pages of this product to which a line may lead: address name → words by language."""
    found = _read_pages(rulebook.book().folder)
    return {str(one["page"]): {lang: str(one[lang]) for lang in ("zh", "en")} for one in found}


def indicators() -> dict[str, dict[str, str]]:
    """Indicators by id, with their titles by language."""
    return _read_indicators(rulebook.book().folder)


@lru_cache(maxsize=1)
def _read_pages(folder: Path) -> list[dict[str, str]]:
    problems: list[Problem] = []
    found = yaml12.read(folder / "lines" / "pages.yaml", "lines/pages.yaml", problems)
    return [one for _where, raw in found for one in raw["pages"]]


@lru_cache(maxsize=1)
def _read_indicators(folder: Path) -> dict[str, dict[str, str]]:
    problems: list[Problem] = []
    found: dict[str, dict[str, str]] = {}
    for path in sorted((folder / "indicators").rglob("*.yaml")):
        for _where, raw in yaml12.read(path, path.name, problems):
            if isinstance(raw, dict) and "indicator" in raw:
                found[str(raw["indicator"])] = {key: str(raw["title"][key]) for key in ("zh", "en")}
    return found


def is_past(on: date, at: datetime) -> bool:
    """Whether a day lies before the day of an instant."""
    return on < clock.local(at).date()
