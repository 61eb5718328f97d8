"""What was spent by quarter, what was left after the year, what went back, and who was reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.funding import rules, standing, sums
from anwang.funding.models import Award, Execution, Grant, Reminder, Surplus
from anwang.funding.states import QUARTERS
from anwang.matters.promises import keep


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What was spent in a quarter (not since the year began). `reason`: why so little; `over_because`: why more than
    granted; `because`: why an earlier report of the quarter is corrected."""

    quarter: int
    spent: int
    reason: str = ""
    over_because: str = ""
    because: str = ""


@transaction.atomic
def report_execution(*, grant_id: UUID, given: Spent, by: Viewer) -> Execution:
    """執行情形 of a quarter, once; the same quarter again corrects it and says why.

    Refused before the quarter is over, after the year was settled, and beyond the grant without a reason.
    """
    grant = _locked(grant_id)
    standing.may_report(by, grant.county).enforce()
    if given.quarter not in QUARTERS or given.spent < 0:
        raise BadInput(_("請填第幾季，和這一季實際支用的金額。"), field="spent")
    if clock.today() <= rules.quarter_ends(grant.year, given.quarter):
        raise Refused(_("這一季還沒結束，結束後再填。"))
    if Surplus.objects.filter(grant=grant).exists():
        raise Refused(_("這一年已經結算。要更正請洽中央承辦人。"))
    rows = {one.quarter: one for one in Execution.objects.filter(grant=grant, replaced_at=None)}
    _check_order(given.quarter, rows)
    earlier = rows.pop(given.quarter, None)
    if earlier is not None:
        if not given.because.strip():
            raise BadInput(_("這一季已經填報過。要更正請寫理由。"), field="because")
        Execution.objects.filter(id=earlier.id).update(
            replaced_at=clock.now(), replaced_by=by.worker_id, replaced_because=given.because.strip()
        )
    _check_amount(grant, given, sum(one.spent for one in rows.values()), sum(
        one.spent for one in rows.values() if one.quarter < given.quarter
    ))  # fmt: skip
    execution = Execution(
        id=uuid7(), grant=grant, quarter=given.quarter, spent=given.spent, reason=given.reason.strip(),
        over_because=given.over_because.strip(), recorded_at=clock.now(), recorded_by=by.worker_id,
    )  # fmt: skip
    execution.save(force_insert=True)
    record("funding.executed", by=by, at=clock.now(), subject_id=grant.id, quarter=given.quarter, spent=given.spent)
    keep()
    return execution


@transaction.atomic
def settle_year(*, grant_id: UUID, by: Viewer) -> Surplus:
    """年度結算: what is left, and the centre's part that goes back. Refused before all four quarters are reported.

    An undecided share leaves the part undecided. Below `grant.surplus_exempt_below` nothing goes back.
    """
    grant = _locked(grant_id)
    standing.may_grant(by).enforce()
    spent = list(Execution.objects.filter(grant=grant, replaced_at=None).values_list("spent", flat=True))
    if len(spent) < len(QUARTERS):
        raise Refused(_("四季都填報了才能結算。請先催報。"))
    award = current(grant)
    if award.total is None:
        raise Refused(_("核定金額未定，不能結算。請先變更核定。"))
    if Surplus.objects.filter(grant=grant).exists():
        raise Conflict(_("這一年已經結算過。"))
    unspent = max(0, award.total - sum(spent))
    central, _local = sums.split(unspent, award.central_percent)
    exempt = central is not None and central < rules.whole_number(rules.EXEMPT, rules.quarter_ends(grant.year, 4))
    surplus = Surplus(
        id=uuid7(), grant=grant, unspent=unspent, central_due=0 if exempt else central, is_exempt=exempt,
        due_on=rules.return_due(grant.year), settled_at=clock.now(), settled_by=by.worker_id,
    )  # fmt: skip
    surplus.save(force_insert=True)
    record("funding.settled", by=by, at=clock.now(), subject_id=grant.id, unspent=unspent)
    keep()
    return surplus


@transaction.atomic
def report_returned(*, grant_id: UUID, amount: int, on: date, paper: str, by: Viewer) -> None:
    """賸餘款繳回: how much, when, by which paper. Once; the amount that was due, no other."""
    grant = _locked(grant_id)
    standing.may_report(by, grant.county).enforce()
    surplus = Surplus.objects.filter(grant=grant).first()
    if surplus is None:
        raise Refused(_("還沒結算，不知道要繳回多少。請洽中央承辦人。"))
    if surplus.returned_on is not None:
        raise Conflict(_("這筆賸餘款已經登錄繳回。"))
    if surplus.central_due is None:
        raise Refused(_("分攤比率未定，還算不出要繳回多少。"))
    if amount != surplus.central_due:
        raise BadInput(_("應繳回%(due)s，請再核對。") % {"due": sums.text(surplus.central_due)}, field="amount")
    if not paper.strip():
        raise BadInput(_("請填繳款的公文文號。"), field="paper")
    if on > clock.today() or on < rules.quarter_ends(grant.year, 4):
        raise BadInput(_("繳回的日期要在年度結束之後、今天以前。"), field="on")
    Surplus.objects.filter(id=surplus.id).update(
        returned=amount, returned_on=on, returned_paper=paper.strip(), returned_by=by.worker_id
    )
    record("funding.returned", by=by, at=clock.now(), subject_id=grant.id, amount=amount)
    keep()


@transaction.atomic
def remind(*, grant_id: UUID, quarter: int, words: str, by: Viewer) -> Reminder:
    """催報: logged once it was said. Refused for a quarter that is not late."""
    grant = _locked(grant_id)
    standing.may_grant(by).enforce()
    if quarter not in QUARTERS or clock.today() <= rules.report_due(grant.year, quarter):
        raise Refused(_("這一季還沒逾期，不用催。"))
    if Execution.objects.filter(grant=grant, quarter=quarter, replaced_at=None).exists():
        raise Conflict(_("這一季剛剛已經填報了。"))
    if not words.strip():
        raise BadInput(_("請寫怎麼催的，例如電話告訴程承辦。"), field="words")
    reminder = Reminder(
        id=uuid7(), grant=grant, quarter=quarter, words=words.strip(), at=clock.now(), by=by.worker_id
    )  # fmt: skip
    reminder.save(force_insert=True)
    record("funding.reminded", by=by, at=clock.now(), subject_id=grant.id, quarter=quarter)
    return reminder


def current(grant: Grant) -> Award:
    """The award that counts."""
    return Award.objects.filter(grant=grant).latest("position")


def _locked(grant_id: UUID) -> Grant:
    grant = Grant.objects.select_for_update().filter(id=grant_id).first()
    if grant is None:
        raise NotFound(_("查無這筆補助。"))
    return grant


def _check_order(quarter: int, rows: dict[int, Execution]) -> None:
    missing = [one for one in QUARTERS if one < quarter and one not in rows]
    if missing:
        raise Refused(_("請先填第%(n)s季。") % {"n": missing[0]})


def _check_amount(grant: Grant, given: Spent, others: int, before: int) -> None:
    """Beyond the grant, and far below it, a reason is asked."""
    total = current(grant).total
    if total is None:
        return
    if others + given.spent > total and not given.over_because.strip():
        raise BadInput(_("累計超過核定的%(total)s。請寫理由，或更正金額。") % {"total": sums.text(total)},
                       field="over_because")  # fmt: skip
    expected = rules.expected_percent(grant.year, given.quarter)
    if (before + given.spent) * 100 < total * expected and not given.reason.strip():
        raise BadInput(_("累計執行率不到%(n)s%%，請寫原因。") % {"n": expected}, field="reason")
