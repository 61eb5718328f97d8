"""Earlier reports about the same people, side by side with this one, and what the rule proposes they are to it."""

from __future__ import annotations

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

RULE = "report.repeat"
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
    advised: str
    advised_text: str
    reasons: tuple[str, ...]


def earlier(page: ReportPage) -> tuple[Earlier, ...]:
    """The latest first. What nobody has answered stays open, so the rule proposes the most protective class."""
    with rules.one_book():
        rows = page.rows["earlier"]
        advice = rules.advise(RULE, {}, page.received_at, page.county) if rows else None
        return tuple(_earlier(page, row, advice) for row in rows)


def _earlier(page: ReportPage, row: dict[str, Any], advice: Advice | None) -> Earlier:
    text = row["said"] or ""
    advised = (advice.outcome or advice.ceiling or "") if advice else ""
    return Earlier(
        id=UUID(row["id"]),
        number=row["number"],
        received_at=row["received_at"],
        kinds="、".join(of_code("case.kind", kind, row["received_at"]) for kind in row["kinds"]),
        fate=_("已派案") if row["opened"] else _("沒有開案") if row["decided"] else _("還在決定"),
        said=text[:SHOWN] + ("…" if len(text) > SHOWN else ""),
        repeat=row["repeat"] or "",
        repeat_text=str(Repeat(row["repeat"]).label) if row["repeat"] else "",
        advised=advised,
        advised_text=said(advice.labels[advised]) if advice and advised in advice.labels else "",
        reasons=_reasons(page, row, advice),
    )


def _reasons(page: ReportPage, row: dict[str, Any], advice: Advice | None) -> tuple[str, ...]:
    """What can be compared without asking: the days between, how many people are the same, the kinds of case."""
    days = (clock.local(page.received_at).date() - clock.local(row["received_at"]).date()).days
    same = len(set(row["persons"]))
    kinds = set(row["kinds"]) == set(page.report["kinds"])
    return tuple(
        filter(
            None,
            (
                ngettext("相隔%(n)d天", "相隔%(n)d天", days) % {"n": days} if days else _("同一天"),
                ngettext("%(n)d人相同", "%(n)d人相同", same) % {"n": same} if same else "",
                _("案類相同") if kinds else _("案類不同"),
                said(advice.assumption) if advice and advice.assumption else "",
            ),
        )
    )
