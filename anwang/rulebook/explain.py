"""Why a rule says what it says on a day: for the policy pages and `anwang policy explain`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from anwang.foundation.days import Length

from .cites import Cite
from .conditions import Condition
from .duties import Duty
from .instruments import Instrument
from .schedule_words import in_one_line, line_by_line
from .schedules import Schedule
from .tables import Row, Table
from .text import Text
from .values import Codelist, Step, Value
from .versions import Version
from .words import condition, length_words, said

if TYPE_CHECKING:
    from .book import Rulebook


@dataclass(frozen=True)
class Line:
    """One version in the history of a rule. `state` is past, now or next."""

    from_: date
    until: date | None
    state: str
    county: str | None
    summary: Text
    cite: Cite | None
    assumption: Text | None


@dataclass(frozen=True)
class Explanation:
    """A rule on one day, for one county. `summary` is None when it is not in force that day."""

    rule_id: str
    kind: str
    title: Text
    on: date
    county: str | None
    lang: str
    summary: Text | None
    why: tuple[Text, ...]
    cite: Cite | None
    also: tuple[Cite, ...]
    assumption: Text | None
    note: Text | None
    versions: tuple[Line, ...]
    hash: str | None
    settable: Mapping[str, str]

    def text(self) -> str:
        """The explanation as lines of plain text in its language."""
        return "\n".join(_lines(self))


def explain(book: Rulebook, rule_id: str, on: date, county: str | None = None, lang: str = "zh") -> Explanation:
    """Raises UnknownRule; a rule not in force that day is explained by its other versions."""
    handle = book.handle(rule_id)
    version = handle.get(on, county)
    lines = tuple(
        Line(
            one.from_,
            _until(one, handle.versions(county)),
            _state(one, version, on),
            one.county,
            Text("停止適用", "Withdrawn") if one.withdrawn else summary(one),
            one.cite,
            one.assumption,
        )
        for one in handle.versions(county)
    )
    return Explanation(
        rule_id,
        handle.kind,
        handle.title,
        on,
        county,
        lang,
        summary(version) if version else None,
        why(version, terms(book)) if version else (),
        version.cite if version else None,
        version.also if version else (),
        version.assumption if version else None,
        version.note if version else None,
        lines,
        version.hash if version else None,
        handle.settable_by.get("county", {}),
    )


def _until(version: Version[Any], line: tuple[Version[Any], ...]) -> date | None:
    later = [one.from_ for one in line if one.from_ > version.from_]
    return version.until or (date.fromordinal(min(later).toordinal() - 1) if later else None)


def _state(version: Version[Any], now: Version[Any] | None, on: date) -> str:
    if now is not None and version.hash == now.hash and version.from_ == now.from_:
        return "now"
    return "next" if version.from_ > on else "past"


def summary(version: Version[Any]) -> Text:
    """What the rule says, in one line."""
    content = version.content
    if isinstance(content, Value):
        return _value(content, str(version.body.get("unit", "")))
    if isinstance(content, Duty):
        if content.backwards:
            before = length_words(content.within, "zh"), length_words(content.within, "en")
            return Text(f"屆滿{before[0]}前", f"{before[1]} before the end")
        zh = f"{length_words(content.within, 'zh')}{'為原則' if content.in_principle else '內'}"
        en = f"within {length_words(content.within, 'en')}{' in principle' if content.in_principle else ''}"
        return Text(zh, en)
    if isinstance(content, (Table, Instrument)):
        table = content if isinstance(content, Table) else content.levels
        if isinstance(content, Instrument) and table is None and content.items:
            return Text(f"{len(content.items)}個項目，不計分", f"{len(content.items)} parts, no score")
        if table is None:
            return Text("題目未取得，依回報結果並由人研判", "Items not available; the result is taken as reported")
        return Text(
            "結果：" + "／".join(outcome.label.zh for outcome in table.outcomes),
            "Gives: " + " / ".join(outcome.label.to("en") for outcome in table.outcomes),
        )
    if isinstance(content, Schedule):
        return in_one_line(content)
    if isinstance(content, Codelist):
        return Text(f"{len(content.codes)}項代碼", f"{len(content.codes)} codes")
    return Text("")


def _value(content: Value, unit: str) -> Text:
    if content.type == "steps":
        steps = [step for step in content.value if isinstance(step, Step)]  # type: ignore[union-attr]
        return Text(
            "、".join(f"{step.after_minutes}分鐘→{said(step.tells, 'zh')}" for step in steps),
            ", ".join(f"{step.after_minutes} minutes: {said(step.tells, 'en')}" for step in steps),
        )
    if content.type == "length":
        return Text(length_words(str(content.value), "zh"), length_words(str(content.value), "en"))
    plain = "、".join(content.value) if isinstance(content.value, tuple) else str(content.value)  # type: ignore[arg-type]
    return Text(f"{said(plain, 'zh')}{said(unit, 'zh')}", f"{said(plain, 'en')} {unit}".strip())


def terms(book: Rulebook) -> dict[str, Text]:
    """What events and kinds of case are called."""
    named = {code: event.meaning for code, event in book.contents.events.items()}
    kinds = book.contents.handles.get("case.kind")
    for version in kinds.national if kinds else ():
        named.update({code.code: code.label for code in version.content.codes})
    return named


def why(version: Version[Any], terms: Mapping[str, Text]) -> tuple[Text, ...]:
    """The rule in words, line by line."""
    content = version.content
    if isinstance(content, Duty):
        return _duty(content, terms)
    if isinstance(content, Table):
        return tuple(_row(row, content) for row in content.rows)
    if isinstance(content, Instrument) and content.levels is not None:
        return tuple(_row(row, content.levels) for row in content.levels.rows)
    if isinstance(content, Schedule):
        return line_by_line(content, terms)
    if isinstance(content, Codelist):
        pairs = ((code.code, code.label) for code in content.codes)
        return tuple(Text(f"{code}　{label.zh}", f"{code}: {label.to('en')}") for code, label in pairs)
    return ()


_BACK = Text("往前以足日計", "whole days counted back")
_FIRST = {"excluded": Text("首日不計", "first day not counted"), "included": Text("首日計入", "first day counted")}
_ROLL = {
    "none": Text("末日不順延", "never rolls"),
    "forward": Text("末日逢假日順延", "rolls forward"),
    "backward": Text("末日逢假日提前", "rolls backward"),
}


def _duty(duty: Duty, terms: Mapping[str, Text]) -> tuple[Text, ...]:
    def events(codes: Iterable[str], lang: str) -> str:
        joint = ", " if lang == "en" else "、"
        return joint.join(terms[code].to(lang) if code in terms else code for code in sorted(codes))

    def tests(given: Mapping[str, Condition], lang: str) -> str:
        joint = "; " if lang == "en" else "；"
        return joint.join(condition(name, test, lang, terms) for name, test in given.items())

    def line(zh: str, en: str, tell: Callable[[str], str]) -> Text:
        return Text(f"{zh}：{tell('zh')}", f"{en}: {tell('en')}")

    found = [line("開始", "Starts", lambda lang: events(duty.starts_when, lang))]
    if only := {**duty.only_known, **duty.only_if}:
        found.append(line("條件", "Only if", lambda lang: tests(only, lang)))
    if duty.unless:
        found.append(line("除外", "Unless", lambda lang: tests(duty.unless, lang)))
    found.append(line("起算", "Counted from", lambda lang: said(duty.counted_from, lang)))
    if not Length.parse(duty.within).is_exact:
        first = _BACK if duty.backwards else _FIRST[duty.first_day]
        roll = _ROLL[duty.roll]
        found.append(Text(f"計算：{first.zh}，{roll.zh}", f"Counting: {first.en}, {roll.en}"))
    if duty.pauses:
        found.append(Text("扣除：不計入之分鐘", "Pauses: minutes that do not count"))
    found.append(line("負責", "Owed by", lambda lang: said(duty.owed_by, lang)))
    if duty.done_by:
        found.append(line("完成", "Done by", lambda lang: events(duty.done_by, lang)))
    if duty.done_only_if:
        found.append(line("完成須", "Done only if", lambda lang: tests(duty.done_only_if, lang)))
    return tuple(found)


def _row(row: Row, table: Table) -> Text:
    label = table.outcome(row.then).label
    if not row.tests:
        return Text(f"{row.name}　其餘 → {label.zh}", f"{row.name}: otherwise → {label.to('en')}")
    zh = "且".join(f"{table.inputs[name].ask.zh}{test.to('zh')}" for name, test in row.tests)
    en = " and ".join(f"{table.inputs[name].ask.to('en')} {test.to('en')}" for name, test in row.tests)
    return Text(f"{row.name}　{zh} → {label.zh}", f"{row.name}: {en} → {label.to('en')}")


def _lines(told: Explanation) -> list[str]:
    lang = told.lang
    zh = not lang.startswith("en")
    place = f"　縣市 {told.county}" if told.county and zh else f"  county {told.county}" if told.county else ""
    lines = [f"{told.title.to(lang)}（{told.rule_id}）" if zh else f"{told.title.to(lang)} ({told.rule_id})"]
    lines.append(f"{'日期' if zh else 'On'} {told.on.isoformat()}{place}")
    missing = Text("當日無有效版本", "Not in force that day")
    stop = "：" if zh else ": "
    lines.append(f"{'內容' if zh else 'Says'}{stop}{(told.summary or missing).to(lang)}")
    for cite in (*((told.cite,) if told.cite else ()), *told.also):
        words = f"「{cite.words}」" if cite.words else ""
        lines.append(f"{'出處' if zh else 'Source'}{stop}{cite.title.to(lang)} {cite.at}{words}")
    if told.assumption is not None:
        lines.append(f"{'假設' if zh else 'Assumption'}{stop}{told.assumption.to(lang)}")
    if told.note is not None:
        lines.append(f"{'說明' if zh else 'Note'}{stop}{told.note.to(lang)}")
    lines.extend(f"  {reason.to(lang)}" for reason in told.why)
    states = {"past": ("過去", "past"), "now": ("現行", "now"), "next": ("將來", "next")}
    lines.append("版本：" if zh else "Versions:")
    for line in told.versions:
        until = line.until.isoformat() if line.until else ""
        state = states[line.state][0 if zh else 1]
        mark = "" if line.assumption is None else "［假設］" if zh else " [assumption]"
        lines.append(f"  {state} {line.from_.isoformat()}–{until} {line.summary.to(lang)}{mark}")
    for key, freedom in told.settable.items():
        lines.append(f"{'縣市可定' if zh else 'A county may set'}{stop}{said(key, lang)}（{said(freedom, lang)}）")
    return lines
