"""Reports about the same people, side by side with this one, and what the rule says they are to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.foundation import clock
from anwang.intake import rules
from anwang.intake.states import Repeat
from anwang.rulebook import Advice

from .report import ReportPage
from .words import of_code, said

SHOWN = 160


@dataclass(frozen=True)
class Earlier:
    """`said` is its text as far as the viewer may read it. `reasons` say why `advised` is proposed."""

    id: UUID
    number: str
    received_at: datetime
    kinds: str
    fate: str
    said: str
    repeat: str
    repeat_text: str
    waits: bool
    """Said to be the same event, and the second person has not confirmed it yet."""
    advised: str
    advised_text: str
    is_settled: bool
    """The answers settle it; until then the most protective class is proposed."""
    questions: tuple[tuple[str, str, str, bool], ...]
    """(name, words, answer, to be asked first)."""
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Relations:
    """The reports before this one, to be related to it; those after it, as they were related. The latest first."""

    earlier: tuple[Earlier, ...]
    later: tuple[Earlier, ...]


def relations(page: ReportPage, typed: Mapping[str, str]) -> Relations:
    """`typed` are the answers of a form that was just sent, about the report `earlier_number`."""
    with rules.one_book():
        links = {row["number"]: row for row in page.rows["links"]}
        found = [(_is_later(page, row), _earlier(page, row, links, typed)) for row in page.rows["earlier"]]
    return Relations(
        tuple(one for later, one in found if not later), tuple(one for later, one in found if later)
    )  # fmt: skip


def _is_later(page: ReportPage, row: dict[str, Any]) -> bool:
    return bool((row["received_at"], row["id"]) > (page.received_at, str(page.id)))


def _earlier(
    page: ReportPage, row: dict[str, Any], links: Mapping[str, dict[str, Any]], typed: Mapping[str, str]
) -> Earlier:
    text, link = row["said"] or "", links.get(row["number"], {})
    answers = typed if typed.get("earlier_number") == row["number"] else link.get("answers") or {}
    known = {name: answers[name] for name in rules.asked_of(rules.REPEAT, page.received_at, page.county)
             if answers.get(name) in ("yes", "no")}  # fmt: skip
    advice = rules.advise(rules.REPEAT, dict(known), page.received_at, page.county)
    advised = (advice.outcome or advice.ceiling or "") if advice else ""
    return Earlier(
        id=UUID(row["id"]),
        number=row["number"],
        received_at=row["received_at"],
        kinds="、".join(of_code("case.kind", kind, row["received_at"]) for kind in row["kinds"]),
        fate=_fate(row),
        said=text[:SHOWN] + ("…" if len(text) > SHOWN else ""),
        repeat=row["repeat"] or "",
        repeat_text=str(Repeat(row["repeat"]).label) if row["repeat"] else "",
        waits=link.get("review_state") == "submitted",
        advised=advised,
        advised_text=said(advice.labels[advised]) if advice and advised in advice.labels else "",
        is_settled=advice is not None and advice.outcome is not None,
        questions=_questions(page, known, advice),
        reasons=_reasons(page, row, advice),
    )


def _fate(row: dict[str, Any]) -> str:
    """What became of it so far; one looked after with another report was neither dispatched nor refused."""
    if row["opened"]:
        return _("已派案")
    if row["joined"]:
        return _("併入先前的通報")
    return _("沒有開案") if row["decided"] else _("還在決定")


def _questions(
    page: ReportPage, known: Mapping[str, str], advice: Advice | None
) -> tuple[tuple[str, str, str, bool], ...]:
    """The questions that still matter and those answered; what an answer made needless is not asked."""
    first = advice.asks[0].input if advice and advice.asks else ""
    open_ = {ask.input for ask in advice.asks} if advice else set()
    asked = rules.asked_of(rules.REPEAT, page.received_at, page.county)
    return tuple(
        (name, said(entry.ask), known.get(name, ""), name == first)
        for name, entry in asked.items()
        if name in known or name in open_
    )


def _reasons(page: ReportPage, row: dict[str, Any], advice: Advice | None) -> tuple[str, ...]:
    """What can be compared without asking: the days between, how many people are the same, the kinds of case."""
    days = abs((clock.local(page.received_at).date() - clock.local(row["received_at"]).date()).days)
    same = len(set(row["persons"]))
    kinds = set(row["kinds"]) == set(page.report["kinds"])
    return tuple(
        filter(
            None,
            (
                ngettext("相隔%(n)d天", "相隔%(n)d天", days) % {"n": days} if days else _("同一天"),
                ngettext("%(n)d人相同", "%(n)d人相同", same) % {"n": same} if same else "",
                _("案類相同") if kinds else _("案類不同"),
                *(said(reason) for reason in (advice.reasons if advice and advice.outcome else ())),
                said(advice.assumption) if advice and advice.assumption else "",
            ),
        )
    )
