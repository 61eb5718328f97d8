"""Duties as the page shows them: time left in words, the rule's title and basis, the act that settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.access.viewer import Viewer
from anwang.cases.queries import Owed
from anwang.enactments.queries import book
from anwang.foundation import clock, roc
from anwang.matters.queries import MOST, DutyRow, ToSign, Worklist
from anwang.matters.states import OfferKind
from anwang.rulebook import Rulebook, UnknownRule
from anwang.web.shell import words

from .discharging import HERE, act_of, form_of

MANUAL = "manual."


def title_of(rule_id: str, rules: Rulebook) -> str:
    """What is to be done, in the reader's language."""
    return _title(rule_id, rules, words.lang(), clock.today())


@lru_cache(maxsize=1024)
def _title(rule_id: str, rules: Rulebook, language: roc.Lang, today: date) -> str:
    if rule_id == "assignment.sign":
        return _("簽收指派")
    try:
        if rule_id.startswith(MANUAL):
            steps = rules.codelist("manual.steps").on(today)
            return str(steps[rule_id.removeprefix(MANUAL)].label.to(language))
        return str(rules.handle(rule_id).title.to(language))
    except UnknownRule:
        return rule_id


def causes(rules: Rulebook) -> list[tuple[str, str]]:
    """卡在哪裡: the short list."""
    return [(one.code, str(one.label.to(words.lang()))) for one in rules.codelist("late.causes").on(clock.today())]


@dataclass(frozen=True)
class Reader:
    """Who reads the rows, by which rules, when, and in which language: the same for all of a page."""

    viewer: Viewer
    rules: Rulebook
    causes: dict[str, str]
    now: datetime
    today: date
    language: roc.Lang

    @classmethod
    def here(cls, viewer: Viewer, rules: Rulebook, causes: dict[str, str], now: datetime) -> Reader:
        """Whoever reads this page in its language."""
        return cls(viewer, rules, causes, now, clock.local(now).date(), words.lang())


def shown(row: DutyRow, by: Reader) -> dict[str, Any]:
    """One row for `shell/parts/duty.html` (and for signing)."""
    left = words.left(row.due_at, by.now)
    waits, signs, row_id = bool(row.waiting_for), row.what == "sign", str(row.id)
    own = row.rule_id.startswith(MANUAL)
    law, assumed = _basis(row.rule_hash, own, row.is_assumed, by.rules, by.language)
    late = left.state == "late" and not signs
    return {
        "id": row_id,
        "is": "asked" if signs else "paused" if waits else left.state,
        "left": _("等你簽收") if signs else _("等回覆") if waits else left.words,
        "iso": row.due_at.isoformat(),
        "due": roc.clock_time(row.due_at, by.now, by.language, deadline=True),
        "href": form_of(row)[1],
        "what": _title(row.rule_id, by.rules, by.language, by.today),
        "whom": whom(row),
        "can": "" if row.owner == "" or row.worker_id == by.viewer.worker_id else row.owner,
        "risk": risk(row),
        "act": _verb(row.rule_id, by.language),
        "law": law,
        "assumed": assumed,
        "why": row.words_en if by.language == "en" else row.words,
        "why_href": f"/policy/{row.rule_id}?duty={row_id}" if row.rule_hash else "",
        "said": _("記下了：%(cause)s。") % {"cause": by.causes[row.late_cause]} if row.late_cause in by.causes else "",
        "cause_url": _address("worklist:cause", row_id) if late and not row.late_cause else "",
        "sign_url": _address("worklist:sign", row_id) if signs else "",
        "pushed": ngettext("改期%(n)d次", "改期%(n)d次", row.pushed) % {"n": row.pushed} if row.pushed else "",
    }


@lru_cache(maxsize=1024)
def _verb(rule_id: str, _language: roc.Lang) -> str:
    return str(act_of(rule_id).verb)


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=[HERE])


def _address(name: str, row_id: str) -> str:
    return _pattern(name).replace(HERE, row_id)


def basis(row: DutyRow | Owed, rules: Rulebook) -> tuple[str, str]:
    """(law or whose rule, mark when it is not law)."""
    return _basis(row.rule_hash, row.rule_id.startswith(MANUAL), row.is_assumed, rules, words.lang())


@lru_cache(maxsize=1024)
def _basis(rule_hash: str, is_own: bool, is_assumed: bool, rules: Rulebook, language: roc.Lang) -> tuple[str, str]:
    version = rules.hashes.get(rule_hash)
    if version is None:
        return (_("自己排的下一步") if is_own else _("指派")), ""
    if version.cite is not None:
        title = words.cited(version.cite.title.to(language), version.cite.at)
        return title, (_("假設") if is_assumed else _("本縣自訂") if version.county else "")
    return str(version.title.to(language)), _("本縣自訂") if version.county else _("假設")


def whom(row: DutyRow) -> str:
    """Whose: the person or the family by the name colleagues use, and the number; never an address."""
    return about(row.subject, row.family, row.number)


def about(*parts: str) -> str:
    """陳小宇・C115-000012: what is known of these, joined."""
    return "・".join(part for part in parts if part)


def risk(row: DutyRow) -> str:
    """The flag before anybody goes there."""
    if row.in_pairs:
        return _("請兩人同行：%(why)s") % {"why": row.risk} if row.risk else _("請兩人同行")
    return row.risk


def week_of(now: datetime) -> datetime:
    """The end of the seventh day after today."""
    return _midnight(now) + timedelta(days=7)


def _midnight(now: datetime) -> datetime:
    return clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def grouped(found: Worklist, now: datetime, viewer: Viewer) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """The four parts of the day in order, empty ones left out; and the causes to choose from."""
    rules = book()
    known = causes(rules)
    reader = Reader.here(viewer, rules, dict(known), now)
    midnight, week = _midnight(now), week_of(now)
    parts: dict[str, list[dict[str, Any]]] = {"late": [], "today": [], "week": [], "later": []}
    for row in found.rows[:MOST]:
        part = (
            "today" if row.what == "sign" else "late" if row.due_at <= now else "today" if row.due_at <= midnight
            else "week" if row.due_at <= week else "later"
        )  # fmt: skip
        parts[part].append(shown(row, reader))
    names = {"late": _("已逾期"), "today": _("今天"), "week": _("七天內"), "later": _("之後")}
    hints = {"late": _("說一聲卡在哪裡，不會擋住任何事。")}
    unlisted = {"later": min(found.total, MOST) - min(len(found.rows), MOST)}
    groups = [
        {
            "key": key, "name": names[key], "count": counted(len(duties) + unlisted.get(key, 0)),
            "hint": hints.get(key, ""), "duties": duties, "unlisted": unlisted.get(key, 0),
        }
        for key, duties in parts.items()
        if duties
    ]  # fmt: skip
    return groups, known


def counted(n: int) -> str:
    """4件."""
    return ngettext("%(n)d件", "%(n)d件", n) % {"n": n}


def signing(one: ToSign) -> dict[str, Any]:
    """A hand-over list to sign, or a request to answer, as one line with its page."""
    name = one.name
    if one.what == "answer":
        said = _("%(unit)s請你們：%(kind)s") % {"unit": name, "kind": OfferKind(one.kind).label}
        href = reverse("unit_desk:offer", args=[one.id])
        return {"says": said, "about": about(one.whom, one.number), "href": href, "due": one.at}
    title = _("移交清冊：你的%(n)d件") if one.what == "give" else _("移交清冊：%(who)s交來%(n)d件")
    href = f"{reverse('unit_desk:lists')}#l{one.id}"
    return {"says": title % {"n": one.count, "who": name}, "href": href, "due": None}


def headline(rows: list[DutyRow], now: datetime, signing: int = 0) -> str:
    """The page's answer as a sentence: 今天有4件到期，另有2件已經逾期。"""
    midnight = _midnight(now)
    late = sum(row.what == "duty" and row.due_at <= now for row in rows)
    due = sum(row.what == "duty" and now < row.due_at <= midnight for row in rows)
    sign = sum(row.what == "sign" for row in rows)
    said = []
    if signing:
        said.append(ngettext("有%(n)d件等你簽名或回覆", "有%(n)d件等你簽名或回覆", signing) % {"n": signing})
    if sign:
        said.append(ngettext("有%(n)d件等你簽收", "有%(n)d件等你簽收", sign) % {"n": sign})
    if due:
        said.append(ngettext("今天有%(n)d件到期", "今天有%(n)d件到期", due) % {"n": due})
    if late:
        said.append(ngettext("有%(n)d件已經逾期", "有%(n)d件已經逾期", late) % {"n": late})
    if said:
        return _("，").join(said) + _("。")
    return _("今天沒有到期的事。") if rows else _("手上沒有應辦事項。")
