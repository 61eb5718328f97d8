"""The month laid out for pages and ODS alike: figures with definitions, breakdowns, the official form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from anwang import rulebook
from anwang.rulebook import UnknownRule

from .definitions import Definition, definitions
from .queries import Count, MonthCount

LISTS = {"kind": "case.kind", "source": "report.source", "not_opened": "case.not_open_reasons"}
SETS_ASIDE = ("duplicate", "invalid", "erroneous")
_VALIDITY = {"same_event": "duplicate", "duplicate": "duplicate", "invalid": "invalid", "erroneous": "erroneous"}
_MADE = ("received", "graded", "dispatched", "opened", "not_opened", "in_case", "closed")


@dataclass(frozen=True)
class FigureRow:
    """One figure of the month with what it means. `rate` is set instead of counts for ratios."""

    figure: str
    title: str
    count: Count
    definition: Definition
    rate: str = ""
    can_drill: bool = True


@dataclass(frozen=True)
class Breakdown:
    """Figures by kind, source or township: heads, and rows of (key, label, counts in the order of the heads)."""

    by_: str
    figures: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Count, ...]], ...]


def set_aside(counted: MonthCount, on: date) -> dict[str, int]:
    """Items found to be duplicate, invalid, erroneous: by the marks of the reason codes."""
    marks = _marks(on)
    found = dict.fromkeys(SETS_ASIDE, 0)
    for reason in counted.keys("reason", "set_aside"):
        what = marks.get(reason)
        if what in found:
            found[what] += counted.cell("set_aside", "reason", reason).items
    return found


def figure_rows(counted: MonthCount, lang: str) -> list[FigureRow]:
    """The figures of the month in order, then those set aside, what is valid, and the ratios."""
    on = counted.month.next.first
    told, aside = definitions(on), set_aside(counted, on)
    rows = [FigureRow(name, told[name].title.to(lang), counted.total(name), told[name]) for name in _MADE]
    for name in SETS_ASIDE:
        title = {"duplicate": ("重複通報", "Duplicates"), "invalid": ("無效通報", "Invalid"),
                 "erroneous": ("錯誤通報", "Erroneous")}[name][lang == "en"]  # fmt: skip
        rows.append(FigureRow(f"set_aside:{name}", title, Count(aside[name]), told["set_aside"], can_drill=False))
    received, opened = counted.total("received").items, counted.total("opened").items
    valid = received - sum(aside.values())
    rows.append(FigureRow("valid", told["valid"].title.to(lang), Count(valid), told["valid"], can_drill=False))
    for base, words in ((received, ("開案÷受理（含重複、無效、錯誤）", "Opened ÷ received, all")),
                        (valid, ("開案÷有效通報（不含）", "Opened ÷ valid reports"))):  # fmt: skip
        rows.append(
            FigureRow("rate", words[lang == "en"], Count(opened, base), told["opening_rate"], rate(opened, base), False)
        )
    return rows


def rate(part: int, whole: int) -> str:
    """12.5% (1÷8), or a dash where there is nothing to divide by."""
    return f"{100 * part / whole:.1f}%（{part}÷{whole}）" if whole > 0 else "－"


def breakdown(counted: MonthCount, by_: str, lang: str, townships: Mapping[str, str]) -> Breakdown:
    """Every figure by one dimension; rows in the order of the code list, unknown last."""
    labels = townships if by_ == "township" else names(LISTS[by_], counted.month.first, lang)
    keys = counted.keys(by_, *_MADE)
    order = {key: place for place, key in enumerate(labels)}
    keys.sort(key=lambda key: (key == "", order.get(key, len(order)), key))
    unknown = "Unknown" if lang == "en" else "不詳"
    rows = tuple(
        (key, labels.get(key, key) if key else unknown, tuple(counted.cell(name, by_, key) for name in _MADE))
        for key in keys
    )
    return Breakdown(by_, _MADE, rows)


def reasons(counted: MonthCount, lang: str) -> list[tuple[str, str, Count]]:
    """Why no case was opened, most frequent first."""
    labels = names(LISTS["not_opened"], counted.month.first, lang)
    rows = [
        (key, labels.get(key, key or ("Not said" if lang == "en" else "未註明")),
         counted.cell("not_opened", "reason", key))
        for key in counted.keys("reason", "not_opened")
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row[2].items, row[0]))


def official_form(counted: MonthCount) -> list[list[str | int]]:
    """10740-90-01-2 as far as its layout is known: source of report (mandated, general) × grade, child protection."""
    columns = (("one", "第一級（緊急）"), ("two", "第二級（非緊急）"), ("none", "未分級"))
    table: list[list[str | int]] = [["通報來源", *(label for _code, label in columns), "合計"]]
    for code, label in (("yes", "責任通報"), ("no", "一般通報"), ("unknown", "不詳")):
        cells = [
            counted.cell("received", "kind_reason", "child_protection", f"{code}/{grade}").items for grade, _ in columns
        ]
        table.append([label, *cells, sum(cells)])
    sums = [sum(int(row[n]) for row in table[1:]) for n in range(1, len(columns) + 2)]
    return [*table, ["合計", *sums]]


def has_small(counted: MonthCount) -> bool:
    """Whether any cell may point to a person."""
    below = definitions(counted.month.next.first)["small_number"].below
    return any(0 < one.items < below or 0 < one.persons < below for one in counted.cells.values())


def names(codelist: str, on: date, lang: str) -> dict[str, str]:
    """Labels of a code list by code, in its order."""
    handle = rulebook.book().codelist(codelist)
    try:
        entries = handle.on(on).content.codes
    except (UnknownRule, LookupError):
        return {}
    return {entry.code: entry.label.to(lang) for entry in entries}


def _marks(on: date) -> dict[str, str]:
    """Reason code → duplicate, invalid or erroneous."""
    entries = rulebook.book().codelist(LISTS["not_opened"]).on(on).content.codes
    marked = {entry.code: str(entry.marks["count"]) for entry in entries if "count" in entry.marks}
    return {**_VALIDITY, **marked}
