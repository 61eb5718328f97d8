"""One grant: its awards by letter, its quarters, its surplus, who was reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.cases.words import lang
from anwang.directory.models import Jurisdiction
from anwang.foundation import clock, roc
from anwang.foundation.errors import NotFound
from anwang.funding import rules, standing, sums
from anwang.funding.models import Award, Execution, Grant, Reminder, Surplus
from anwang.funding.queries.overview import standing_of
from anwang.funding.states import QUARTERS, Premises, Standing


@dataclass(frozen=True)
class QuarterLine:
    """A quarter: how it stands, what was spent, what so far, and why. `state` is a code of `Standing`."""

    quarter: int
    state: str
    state_text: str
    due: str
    spent: str
    so_far: str
    rate: str
    why: str
    corrected: int


@dataclass(frozen=True)
class AwardLine:
    """An amount by a letter; the last one counts."""

    letter: str
    dated: str
    total: str
    central: str
    local: str
    why: str
    because: str


@dataclass(frozen=True)
class GrantPage:
    """Everything about one grant."""

    id: UUID
    county: str
    county_text: str
    year: int
    line_id: UUID
    line: str
    plan: str
    kind: str
    is_bonus: bool
    what: str
    premises: str
    awards: tuple[AwardLine, ...]
    quarters: tuple[QuarterLine, ...]
    surplus: str
    exempt: bool
    due: str
    is_settled: bool
    is_returned: bool
    reminders: tuple[tuple[str, int, str], ...]
    may_grant: bool
    may_report: bool

    @property
    def now(self) -> AwardLine:
        return self.awards[0]


def grant_page(viewer: Viewer, grant_id: UUID) -> GrantPage:
    """A grant with all that is known of it. NotFound for another county's."""
    grant = Grant.objects.select_related("line").filter(id=grant_id).first()
    if grant is None or not standing.may_see(viewer, grant.county):
        raise NotFound(_("查無這筆補助。"))
    awards = list(Award.objects.filter(grant=grant).order_by("-position"))
    spent = list(Execution.objects.filter(grant=grant).order_by("quarter", "recorded_at"))
    surplus = Surplus.objects.filter(grant=grant).first()
    county = Jurisdiction.objects.get(code=grant.county)
    return GrantPage(
        id=grant.id, county=grant.county, county_text=county.called, year=grant.year, line_id=grant.line_id,
        line=grant.line.name, plan=grant.line.plan, kind=rules.label(rules.KIND, grant.line.kind),
        is_bonus=rules.is_bonus(grant.line.kind, grant.year), what=grant.what,
        premises=str(Premises(grant.premises).label) if grant.premises else "",
        awards=tuple(_award(one) for one in awards), quarters=_quarters(grant, awards[0], spent),
        surplus=_surplus(surplus), exempt=bool(surplus and surplus.is_exempt),
        due=_day(surplus.due_on) if surplus else "", is_settled=surplus is not None,
        is_returned=surplus is not None and surplus.returned_on is not None,
        reminders=tuple(
            (_day(clock.local(one.at).date()), one.quarter, one.words)
            for one in Reminder.objects.filter(grant=grant).order_by("at")
        ),
        may_grant=bool(standing.may_grant(viewer)), may_report=bool(standing.may_report(viewer, grant.county)),
    )  # fmt: skip


def _award(one: Award) -> AwardLine:
    return AwardLine(
        letter=one.letter, dated=_day(one.dated_on), total=sums.total([(one.total, one.least)]).text,
        central=sums.text(one.central), local=sums.text(one.local), why=one.why, because=one.because,
    )  # fmt: skip


def _quarters(grant: Grant, award: Award, rows: list[Execution]) -> tuple[QuarterLine, ...]:
    """The four quarters; `so_far` adds what was reported up to each."""
    live = {one.quarter: one for one in rows if one.replaced_at is None}
    lines, so_far = [], 0
    for quarter in QUARTERS:
        state = standing_of(grant.year, quarter, live, clock.today())
        one = live.get(quarter)
        so_far += one.spent if one else 0
        lines.append(
            QuarterLine(
                quarter=quarter, state=state, state_text=str(Standing(state).label),
                due=_day(rules.report_due(grant.year, quarter)), spent=sums.text(one.spent) if one else "",
                so_far=sums.text(so_far) if one else "", rate=sums.rate(so_far, award.total) if one else "",
                why="　".join(text for text in (one.reason, one.over_because) if text) if one else "",
                corrected=sum(1 for row in rows if row.quarter == quarter and row.replaced_at is not None),
            )
        )  # fmt: skip
    return tuple(lines)


def _surplus(one: Surplus | None) -> str:
    if one is None:
        return ""
    left = sums.text(one.unspent)
    if one.central_due is None:
        return _("賸餘%(left)s，應繳回未定") % {"left": left}
    if one.returned_on is not None:
        return _("賸餘%(left)s，%(day)s繳回%(amount)s（%(paper)s）") % {
            "left": left, "day": _day(one.returned_on), "amount": sums.text(one.returned), "paper": one.returned_paper,
        }  # fmt: skip
    if one.central_due == 0:
        return _("賸餘%(left)s，不用繳回") % {"left": left}
    return _("賸餘%(left)s，應繳回%(amount)s") % {"left": left, "amount": sums.text(one.central_due)}


def _day(day: date) -> str:
    return roc.roc_long(day, lang())
