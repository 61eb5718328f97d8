"""One rule on one day for one county, as the page shows it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # the body of any rule

import yaml
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anwang.enactments.queries import Kept
from anwang.foundation import areas, roc
from anwang.foundation.errors import BadInput
from anwang.rulebook import Cite, Rulebook
from anwang.rulebook.explain import Explanation, Line, explain, summary
from anwang.rulebook.situations import Situation
from anwang.rulebook.versions import Handle
from anwang.web.shell import words

from . import counting, wording
from .counting import Step
from .worked import Example, example


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, where they stand, who issued them."""

    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Row:
    """One version: from when, what it said, who set it."""

    since: str
    value: str
    is_: str
    who: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class County:
    """What the rule says in one county that set its own."""

    name: str
    value: str
    differs: bool
    href: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """Everything about a rule, ready for the template. `value` is empty when it is not in force."""

    rule_id: str
    area: str
    area_key: str
    kind: str
    title: str
    value: str
    assumption: str
    note: str
    steps: tuple[Step, ...]
    content: tuple[str, ...]
    quotes: tuple[Quote, ...]
    shown: tuple[Row, ...]
    folded: tuple[Row, ...]
    counties: tuple[County, ...]
    situations: tuple[tuple[Example, str], ...]
    settable: str
    since: str


def rule_page(book: Rulebook, rule_id: str, on: date, county: str, situations: list[Situation]) -> RulePage:
    """Raises UnknownRule."""
    lang = words.lang()
    told = explain(book, rule_id, on, county or None, lang)
    version = book.handle(rule_id).get(on, county or None)
    shown, folded = _versions(told, county)
    return RulePage(
        rule_id=rule_id,
        area=str(wording.AREAS[wording.area_of(rule_id, told.kind)]),
        area_key=wording.area_of(rule_id, told.kind),
        kind=str(wording.KINDS.get(told.kind, told.kind)),
        title=told.title.to(lang),
        value=told.summary.to(lang) if told.summary else "",
        assumption=told.assumption.to(lang) if told.assumption else "",
        note=told.note.to(lang) if told.note else "",
        steps=counting.steps(book, version) if version and told.kind == "duty" else (),
        content=tuple(line.to(lang) for line in told.why) if told.kind != "duty" else (),
        quotes=tuple(_quote(book, cite) for cite in (told.cite, *told.also) if cite),
        shown=shown,
        folded=folded,
        counties=_counties(book, rule_id, on),
        situations=_worked(book, rule_id, situations),
        settable=_settable(told),
        since=roc.roc_long(version.from_, lang) if version else "",
    )


def href(rule_id: str, on: date | None = None, county: str = "") -> str:
    """The address of a rule on a day, for a county."""
    asked = {key: value for key, value in (("on", on.isoformat() if on else ""), ("county", county)) if value}
    return reverse("policy:rule", args=[rule_id]) + (f"?{urlencode(asked)}" if asked else "")


def title_of(book: Rulebook, rule_id: str) -> str:
    """What a rule is called; its id where it has left the book."""
    handle = book.contents.handles.get(rule_id)
    return handle.title.to(words.lang()) if handle else rule_id


def day_before_last_change(handle: Handle[Any], county: str, on: date) -> date:
    """The day before the version of that day began, so that two days can be set side by side; else the day itself."""
    version = handle.get(on, county or None)
    return version.from_ - timedelta(days=1) if version and version.from_ > date.min else on


@dataclass(frozen=True, slots=True)
class KeptRow:
    """The body of one version as it is kept: since when, for whom, its hash, the body itself."""

    since: str
    who: str
    hash: str
    body: str


def kept_row(one: Kept) -> KeptRow:
    """A kept body, written as the files write it."""
    body = yaml.safe_dump(one.stored["body"], allow_unicode=True, sort_keys=False, width=90)
    since = roc.roc_long(date.fromisoformat(one.stored["from"]), words.lang())
    return KeptRow(since, county_name(one.stored.get("county")), one.hash, body)


def county_name(code: str | None) -> str:
    """The county in words; the whole country when there is none."""
    lang = words.lang()
    found = areas.county_of(code) if code else None
    if found is None:
        return code or _("全國")
    return found.name_en if lang == "en" else found.name


def _quote(book: Rulebook, cite: Cite) -> Quote:
    source, lang = book.contents.sources[cite.source], words.lang()
    parts = (
        source.title.to(lang),
        words.place(cite.at),
        source.authority.to(lang),
        _dated(source.dated),
        _number(source.number),
    )
    return Quote(cite.words, _("，").join(part for part in parts if part) + _("。"))


def _number(text: str) -> str:
    """A number of the national database of law says whose number it is."""
    return _("全國法規資料庫%(number)s") % {"number": text} if re.fullmatch(r"[A-Z]\d{7}", text or "") else text


def _dated(text: str) -> str:
    """The source's own date in words; a year or a month when no more is known."""
    try:
        return roc.parse_date(text).text(words.lang())
    except BadInput:
        return text


def _versions(told: Explanation, county: str) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Now and next shown; the past folded. Latest first."""
    rows = [(line.state, _version(told.rule_id, line, county)) for line in reversed(told.versions)]
    shown = tuple(row for state, row in rows if state != "past")
    folded = tuple(row for state, row in rows if state == "past")
    return (shown, folded) if shown else (folded[:1], folded[1:])


def _version(rule_id: str, line: Line, county: str) -> Row:
    lang = words.lang()
    since = roc.roc_long(line.from_, lang)
    if line.until:
        span = _("%(since)s到%(until)s") % {"since": since, "until": roc.roc_long(line.until, lang)}
    else:
        span = _("%(since)s起") % {"since": since}
    who = _("%(county)s自訂") % {"county": county_name(line.county)} if line.county else _("全國規定")
    note = _("假設：%(why)s") % {"why": line.assumption.to(lang)} if line.assumption else ""
    is_ = {"now": "held", "next": "open"}.get(line.state, "excused")
    return Row(span, line.summary.to(lang), is_, who, note, href(rule_id, line.from_, county))


def _counties(book: Rulebook, rule_id: str, on: date) -> tuple[County, ...]:
    handle, lang = book.handle(rule_id), words.lang()
    national = handle.get(on)
    base = summary(national).to(lang) if national else ""
    found = []
    for code in handle.counties:
        version = handle.get(on, code)
        value = summary(version).to(lang) if version else _("不適用")
        found.append(County(county_name(code), value, value != base, href(rule_id, on, code)))
    return tuple(found)


def _settable(told: Explanation) -> str:
    if not told.settable:
        return _("只有全國規定能改，縣市不能另訂。")
    if "shorter_only" in told.settable.values():
        return _("縣市可以訂得更嚴，要附文號，不能放寬。")
    if "more_only" in told.settable.values():
        return _("縣市只能增列，要附文號，不能刪改。")
    return _("縣市可以自訂，要附文號。")


def _worked(book: Rulebook, rule_id: str, situations: list[Situation]) -> tuple[tuple[Example, str], ...]:
    """The examples and the page of their day; two that read alike are one."""
    about = (one for one in situations if rule_id in one.rules())
    rows = ((example(book, one, rule_id), href(rule_id, one.on, one.county or "")) for one in about)
    return tuple(dict(rows).items())
