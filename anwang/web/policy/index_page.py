"""All rules of a day, by area, found by words."""

from dataclasses import dataclass
from datetime import date

from anwang.foundation import areas
from anwang.rulebook import Rulebook
from anwang.rulebook.explain import summary
from anwang.web.shell import words

from . import rule_page, wording


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule in the list."""

    href: str
    title: str
    value: str
    source: str
    is_assumed: bool
    is_county: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the list; `key` is its anchor."""

    key: str
    name: str
    entries: tuple[Entry, ...]


def index_page(book: Rulebook, on: date, county: str, text: str) -> list[Area]:
    """Areas in their own order; with `text`, only rules whose id, title, value or source holds every word of it."""
    found: dict[str, list[Entry]] = {key: [] for key in wording.AREAS}
    asked = text.lower().split()
    for handle in book.contents.handles.values():
        version = handle.get(on, county or None)
        if version is None:
            continue
        lang = words.lang()
        entry = Entry(
            rule_page.href(handle.rule_id, on, county),
            handle.title.to(lang),
            summary(version).to(lang),
            words.cited(version.cite.title.to(lang), version.cite.at) if version.cite else "",
            version.assumption is not None,
            version.county is not None,
        )
        searched = " ".join((handle.rule_id, handle.title.zh, handle.title.en, entry.value, entry.source)).lower()
        if all(word in searched for word in asked):
            found[wording.area_of(handle.rule_id, handle.kind)].append(entry)
    return [Area(key, str(wording.AREAS[key]), tuple(entries)) for key, entries in found.items() if entries]


def counties(book: Rulebook) -> list[tuple[str, str]]:
    """Counties that may be chosen: every real one, and an invented one where a rule names it."""
    named = {code for handle in book.contents.handles.values() for code in handle.counties}
    invented = tuple(one for one in areas.INVENTED if one.code in named)
    return [(one.code, one.name_en if words.lang() == "en" else one.name) for one in (*invented, *areas.COUNTIES)]
