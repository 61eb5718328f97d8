"""Where counties differ: the nation's baseline beside what each county set, standards of opening and closing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # the body of any rule

from anwang.rulebook import Rulebook
from anwang.rulebook.explain import summary
from anwang.rulebook.values import Codelist
from anwang.rulebook.versions import Handle, Version
from anwang.web.shell import words

from . import rule_page

STANDARDS = ("case.open_grounds", "case.not_open_reasons", "closing.")
"""Rules by which a case is opened or closed, by the beginning of their id."""


@dataclass(frozen=True, slots=True)
class Own:
    """What one county set for itself."""

    county: str
    value: str
    added: tuple[str, ...]
    """Codes the nation's list does not have."""
    dropped: tuple[str, ...]
    since: date
    source: str
    is_assumed: bool
    href: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One rule: the nation's word, and each county that differs. `may`: whether counties may set anything of it."""

    title: str
    href: str
    nation: str
    is_assumed: bool
    own: tuple[Own, ...]
    may: bool


def counties_page(book: Rulebook, on: date) -> tuple[list[Compared], list[Compared]]:
    """Standards of opening and closing, and every other rule in which some county differs that day."""
    standards, others = [], []
    for handle in sorted(book.contents.handles.values(), key=lambda one: one.rule_id):
        nation = handle.get(on)
        if nation is None:
            continue
        line = _compared(handle, nation, on)
        if handle.rule_id.startswith(STANDARDS):
            standards.append(line)
        elif line.own:
            others.append(line)
    return standards, others


def _compared(handle: Handle[Any], nation: Version[Any], on: date) -> Compared:
    lang = words.lang()
    found = ((county, handle.get(on, county)) for county in sorted(handle.counties))
    own = tuple(_own(handle, nation, county, one, on) for county, one in found if one and one.county)
    return Compared(
        handle.title.to(lang), rule_page.href(handle.rule_id, on, ""), summary(nation).to(lang),
        nation.assumption is not None, own, bool(handle.settable_by.get("county")),
    )  # fmt: skip


def _own(handle: Handle[Any], nation: Version[Any], county: str, version: Version[Any], on: date) -> Own:
    lang = words.lang()
    added, dropped = _difference(nation, version, lang)
    return Own(
        rule_page.county_name(county), summary(version).to(lang), added, dropped, version.from_,
        words.cited(version.cite.title.to(lang), version.cite.at) if version.cite else "",
        version.assumption is not None, rule_page.href(handle.rule_id, on, county),
    )  # fmt: skip


def _difference(nation: Version[Any], own: Version[Any], lang: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """For code lists: what the county added, and what it left out."""
    if not isinstance(own.content, Codelist):
        return (), ()
    before, after = ({one.code: one.label.to(lang) for one in each.content.codes} for each in (nation, own))
    return (
        tuple(text for code, text in after.items() if code not in before),
        tuple(text for code, text in before.items() if code not in after),
    )
