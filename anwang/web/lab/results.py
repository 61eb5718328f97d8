"""What a replay found, in tables: who changes side by county and group, hours by county."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any  # a draft and the context of a template

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.enactments.queries import book
from anwang.foundation import roc
from anwang.lab import rules
from anwang.lab.counting import FEWER, IN_TIME, LATE, MORE, OPEN, SAME
from anwang.lab.queries import Counted
from anwang.lab.starting import STARTS
from anwang.lab.states import What
from anwang.rulebook.again import NOT_OWED, UNKNOWN
from anwang.rulebook.tables import Table
from anwang.web.policy import rule_page
from anwang.web.shell import words


@dataclass(frozen=True, slots=True)
class Move:
    """So many of a group in a county go from one side to another; of those, where people decided so then."""

    county: str
    group: str
    before: str
    after: str
    n: int
    agreed: int


@dataclass(frozen=True, slots=True)
class Share:
    """One county: how many there were, how many change side, what that is in hours (empty where nobody set any)."""

    county: str
    n: int
    changed: int
    hours: str


def result(found: Counted, draft: Any, own: str) -> dict[str, Any]:
    """The tables of a replay; of one county's rows only where `own` names it."""
    lang = words.lang()
    span = _("%(since)s到%(until)s") % {
        "since": roc.roc_long(found.since, lang), "until": roc.roc_long(found.before, lang),
    }  # fmt: skip
    handle = book().handle(draft.rule_id)
    shown: dict[str, Any] = {
        "title": handle.title.to(lang),
        "span": span,
        "who": rule_page.county_name(draft.county or None),
    }
    if not found.is_done:
        return shown
    moves = [row for row in found.result.get("moves", []) if not own or row[0] == own]
    version = handle.get(draft.starts_on, draft.county or None)
    named = _named(version.content if version else None, lang)
    kinds = book().codelist("case.kind").get(draft.starts_on)
    groups = {code.code: code.label.to(lang) for code in kinds.codes} if kinds else {}
    listed = [
        Move(rule_page.county_name(county), groups.get(group, group), named(before), named(after), n, agreed)
        for county, group, before, after, n, agreed in sorted(moves, key=lambda row: -row[4]) if before != after
    ]  # fmt: skip
    total, changed = sum(row[4] for row in moves), sum(one.n for one in listed)
    return shown | {
        "moves": listed[:60], "more": max(len(listed) - 60, 0), "total": total, "n_changed": changed,
        "shares": _shares(found, draft, moves, own), "said": _sentence(total, changed),
        "groups": groups, "has_agreed": found.what == What.REPORTS,
    }  # fmt: skip


def _sentence(total: int, changed: int) -> str:
    if not total:
        return _("這段期間沒有照這條規則做的決定。")
    if not changed:
        return ngettext("重算%(n)d件，沒有一件不同。", "重算%(n)d件，沒有一件不同。", total) % {"n": total}
    return ngettext(
        "重算%(total)d件，%(n)d件會換邊。", "重算%(total)d件，%(n)d件會換邊。", changed
    ) % {"total": total, "n": changed}  # fmt: skip


def _shares(found: Counted, draft: Any, moves: list[list[Any]], own: str) -> list[Share]:
    n: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    sides: dict[str, Counter[str]] = defaultdict(Counter)
    for county, _group, before, after, count, _agreed in moves:
        n[county] += count
        if before != after:
            changed[county] += count
        if before != after and (found.what != What.DUTIES or UNKNOWN not in (before, after)):
            sides[county][after] += count
            sides[county][before] -= count
    sums = {county: row for county, row in found.result.get("sums", {}).items() if not own or county == own}
    return [
        Share(rule_page.county_name(county), n[county], changed[county],
              _hours(found, draft, county, sides[county], sums.get(county)))
        for county in sorted(n)
    ]  # fmt: skip


def _hours(found: Counted, draft: Any, county: str, sides: Counter[str], sums: list[float] | None) -> str:
    """Hours of work more (＋) or less (－) in the time; for duties also how the deadline moves."""
    if found.what == What.COURSES:
        each = rules.minutes("contact", draft.starts_on, county)
        return _signed((sums[1] - sums[0]) * each / 60) if each is not None and sums else ""
    if found.what == What.DUTIES:
        each = rules.minutes("duty", draft.starts_on, county)
        load = _signed(-sides[NOT_OWED] * each / 60) if each is not None else ""
        if not sums or not sums[0]:
            return load
        return _("期限平均%(shift)s，工時%(load)s") % {"shift": _signed(sums[1] / sums[0]), "load": load}
    total = 0.0
    for side, count in sides.items():
        each = rules.minutes(f"{draft.rule_id}/{side.lstrip('?')}", draft.starts_on, county)
        if each is None and count:
            return ""
        total += count * (each or 0) / 60
    return _signed(total)


def _signed(hours: float) -> str:
    if round(hours) == 0:
        return _("不變")
    sign = "＋" if hours > 0 else "－"
    return _("%(sign)s%(n)d小時") % {"sign": sign, "n": abs(round(hours))}


def _named(content: Any, lang: str) -> Any:
    labels = {one.code: one.label.to(lang) for one in content.outcomes} if isinstance(content, Table) else {}
    fixed = {
        IN_TIME: _("準時"), LATE: _("逾期"), OPEN: _("還沒到期"), NOT_OWED: _("不用做"), UNKNOWN: _("算不出來"),
        MORE: _("訪視變多"), STARTS: _("會開始"), SAME: _("原來的次數"), FEWER: _("訪視變少"),
    }  # fmt: skip

    def name(side: str) -> str:
        if side.startswith("?"):
            most = labels.get(side[1:], "")
            return _("人工研判，最高%(most)s") % {"most": most} if most else _("人工研判")
        return str(labels.get(side) or fixed.get(side, side))

    return name
