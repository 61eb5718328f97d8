"""One rule on one day for one county, as the page shows it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anwang.foundation import areas, roc
from anwang.foundation.days import Length
from anwang.rulebook import Cite, Rulebook, Version
from anwang.rulebook.duties import Duty
from anwang.rulebook.explain import Explanation, Line, explain, summary
from anwang.rulebook.situations import Situation
from anwang.web.shell import words

from . import wording


@dataclass(frozen=True, slots=True)
class Step:
    """One line of how it is counted; `note` is said to be an assumption."""

    name: str
    text: str
    note: str = ""


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
    situations: tuple[Row, ...]
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
        kind=str(wording.KINDS.get(told.kind, told.kind)),
        title=told.title.to(lang),
        value=told.summary.to(lang) if told.summary else "",
        assumption=told.assumption.to(lang) if told.assumption else "",
        note=told.note.to(lang) if told.note else "",
        steps=_steps(book, version.content) if version and told.kind == "duty" else (),
        content=tuple(line.to(lang) for line in told.why) if told.kind != "duty" else (),
        quotes=tuple(_quote(book, cite) for cite in (told.cite, *told.also) if cite),
        shown=shown,
        folded=folded,
        counties=_counties(book, rule_id, on),
        situations=tuple(_situation(book, one, rule_id) for one in situations if rule_id in one.rules()),
        settable=_settable(told),
        since=roc.roc_long(version.from_, lang) if version else "",
    )


def href(rule_id: str, on: date | None = None, county: str = "") -> str:
    """The address of a rule on a day, for a county."""
    asked = {key: value for key, value in (("on", on.isoformat() if on else ""), ("county", county)) if value}
    return reverse("policy:rule", args=[rule_id]) + (f"?{urlencode(asked)}" if asked else "")


def county_name(code: str | None) -> str:
    """The county in words; the whole country when there is none."""
    lang = words.lang()
    found = next((one for one in areas.COUNTIES if one.code == code), None)
    if found is None:
        return code or _("全國")
    return found.name_en if lang == "en" else found.name


def _steps(book: Rulebook, duty: Duty) -> tuple[Step, ...]:
    length = Length.parse(duty.within)
    instant = book.contents.instants.get(duty.counted_from)
    start = instant.to(words.lang()) if instant else duty.counted_from
    steps = [Step(_("從哪一刻起算"), _("從%(what)s那一刻，不是登打的時候。") % {"what": start})]
    if duty.starts_when:
        what = wording.events(book, duty.starts_when)
        only = wording.conditions(book, duty.raw_only_if) if hasattr(duty, "raw_only_if") else ""
        steps.append(Step(_("什麼時候開始"), f"{what}。{only}"))
    if length.is_exact:
        steps.append(Step(_("第一天算不算"), _("以時計，一刻不停，沒有第一天的問題。")))
    else:
        first = _("不算，隔天是第1日。") if duty.first_day == "excluded" else _("算，當天就是第1日。")
        steps.append(Step(_("第一天算不算"), first))
        steps.append(Step(_("最後一天遇到假日"), str(wording.ROLLS.get(duty.roll, duty.roll))))
    steps.append(Step(_("會不會暫停"), _("會扣除依法不計的時間。") if duty.pauses else _("不會。")))
    steps.append(Step(_("誰負責"), str(wording.OWNERS[duty.owed_by])))
    return tuple(steps)


def conditions_of(book: Rulebook, version: Version[Any]) -> tuple[Step, ...]:
    """Under what conditions a duty starts, is done, and falls away."""
    duty: Duty = version.content
    found = []
    for name, key in ((_("只在"), "only_if"), (_("不在"), "unless")):
        tests = version.body.get(key) or {}
        if tests:
            found.append(Step(name, wording.conditions(book, tests) + "。"))
    if duty.done_by:
        when = wording.conditions(book, version.body.get("done_only_if") or {})
        done = wording.events(book, sorted(duty.done_by))
        found.append(Step(_("什麼算完成"), f"{done}（{when}）。" if when else f"{done}。"))
    if duty.void_when:
        found.append(Step(_("什麼時候不用做了"), wording.events(book, sorted(duty.void_when)) + "。"))
    return tuple(found)


def _quote(book: Rulebook, cite: Cite) -> Quote:
    source, lang = book.contents.sources[cite.source], words.lang()
    dated = _dated(source.dated)
    place = "，".join(part for part in (f"{source.title.to(lang)}，{cite.at}", source.authority, dated, source.number) if part)
    return Quote(cite.words, f"{place}。")


def _dated(text: str) -> str:
    """The source's own date in words; a year or a month when no more is known."""
    try:
        return roc.parse_date(text).text(words.lang())
    except Exception:  # BadInput and what a free text can raise: then it is shown as written
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
    return _("縣市可以自訂，要附文號。")


def _situation(book: Rulebook, one: Situation, rule_id: str) -> Row:
    expected = _expected(one, rule_id)
    when = roc.roc_long(one.on, words.lang())
    return Row(one.story or one.name, expected, "", when, "", href(rule_id, one.on, one.county or ""))


def _expected(one: Situation, rule_id: str) -> str:
    given = one.given
    if rule_id in given.get("starts", {}):
        due = str(given["starts"][rule_id])
        return _("開始計算") if due == "any" else _("期限%(due)s") % {"due": _due_words(due)}
    for key, said in (("starts_not", _("不開始")), ("ends", _("完成")), ("ends_not", _("還沒完成")), ("voids", _("失效"))):
        if rule_id in given.get(key, ()):
            return said
    if "due" in given:
        return _("期限%(due)s") % {"due": _due_words(str(given["due"]))}
    for key in ("outcome", "floor", "value", "words"):
        if key in given:
            return wording.plain(given[key])
    return _("現行有效") if given.get("in_force") != "no" else _("尚無規定")


def _due_words(text: str) -> str:
    """2026-04-23T24:00 → 115年4月23日24:00."""
    day, _t, time = text.partition("T")
    try:
        shown = roc.roc_long(date.fromisoformat(day), words.lang())
    except ValueError:
        return text
    return f"{shown}{time[:5]}"


DAY = timedelta(days=1)
