"""A grant and its amounts, each by a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Jurisdiction
from anwang.directory.states import CENTRE
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.funding import bearing, rules, standing, sums
from anwang.funding.models import Award, Execution, Grant, Line
from anwang.funding.states import Premises
from anwang.matters.promises import keep

MOST = 100_000_000_000
"""No single grant of the plan is a hundred billion dollars: more is a slip of the pen."""


@dataclass(frozen=True, kw_only=True)
class Granted:
    """What a letter grants. Without `total` it is undecided, except for the operating grant of a centre, whose amount
    follows from `premises` (half without)."""

    line_id: UUID
    county: str
    year: int
    what: str
    letter: str
    dated_on: date
    total: int | None = None
    least: int = 0
    premises: str = Premises.NOT_ASKED
    arose_from: UUID | None = None


@transaction.atomic
def give_grant(*, given: Granted, by: Viewer) -> Grant:
    """核定補助 with its first amount. Raises BadInput for a line not of that year, Conflict for one already granted."""
    standing.may_grant(by).enforce()
    line = Line.objects.filter(id=given.line_id).first()
    if line is None:
        raise NotFound(_("查無這個補助項目。"))
    _check(line, given)
    same = Grant.objects.filter(line=line, county=given.county, year=given.year, what=given.what.strip())
    if same.exists():
        raise Conflict(_("這一項已經核定過。要改金額請用變更核定。"))
    grant = Grant(
        id=uuid7(), line=line, county=given.county, year=given.year, what=given.what.strip(),
        premises=given.premises, arose_from=given.arose_from, recorded_at=clock.now(), recorded_by=by.worker_id,
    )  # fmt: skip
    grant.save(force_insert=True)
    amount, least = _amount(line, given)
    _award(grant, line, 1, (amount, least), given.letter, given.dated_on, "", by)
    record("funding.granted", by=by, at=clock.now(), subject_id=grant.id, county=given.county, year=given.year)
    keep()
    return grant


@transaction.atomic
def change_award(
    *, grant_id: UUID, total: int | None, letter: str, dated_on: date, because: str, by: Viewer, least: int = 0
) -> Award:
    """變更核定: another amount by another letter, with the reason. What was before stays readable.

    The shares are worked out anew from the tier and the shares of the grant's year. Refused by the database below
    what was spent already, unless a quarter says why.
    """
    standing.may_grant(by).enforce()
    grant = Grant.objects.select_for_update().filter(id=grant_id).first()
    if grant is None:
        raise NotFound(_("查無這筆補助。"))
    if not because.strip():
        raise BadInput(_("請寫為什麼變更核定。"), field="because")
    _check_amount(total, least)
    spent = sum(Execution.objects.filter(grant=grant, replaced_at=None).values_list("spent", flat=True))
    if total is not None and total < spent:
        raise BadInput(_("已經支用%(spent)s，核定金額不能比它少。") % {"spent": sums.text(spent)}, field="total")
    line = Line.objects.get(id=grant.line_id)
    position = Award.objects.filter(grant=grant).count() + 1
    award = _award(grant, line, position, (total, total if total is not None else least), letter, dated_on, because, by)
    record("funding.award_changed", by=by, at=clock.now(), subject_id=grant.id, award=award.id)
    keep()
    return award


def _check(line: Line, given: Granted) -> None:
    if not line.from_year <= given.year <= (line.to_year or given.year):
        raise BadInput(_("這個補助項目沒有這一年度。"), field="year")
    if not Jurisdiction.objects.filter(code=given.county).exclude(code=CENTRE).exists():
        raise BadInput(_("請選縣市。"), field="county")
    if not given.what.strip():
        raise BadInput(_("請寫核定的項目，例如東汀心衛中心業務費。"), field="what")
    if line.halves_without_premises and given.premises not in (Premises.YES, Premises.NO, Premises.UNKNOWN):
        raise BadInput(_("請選有沒有場地；還不知道就選還不知道。"), field="premises")
    _check_amount(given.total, given.least)


def _check_amount(total: int | None, least: int) -> None:
    if (total is not None and not 0 <= total <= MOST) or not 0 <= least <= MOST:
        raise BadInput(_("請填整數金額，例如12,345元。"), field="total")


def _amount(line: Line, given: Granted) -> tuple[int | None, int]:
    if given.total is None and line.halves_without_premises:
        premises = "" if given.premises == Premises.UNKNOWN else given.premises
        return bearing.operating(premises, max(given.dated_on, rules.first_day(given.year)))
    return given.total, given.least if given.total is None else given.total


def _award(
    grant: Grant, line: Line, position: int, amount: tuple[int | None, int], letter: str, dated_on: date,
    because: str, by: Viewer,
) -> Award:  # fmt: skip
    if not letter.strip():
        raise BadInput(_("請填核定函的文號。"), field="letter")
    total, least = amount
    borne = bearing.of(line, grant.county, grant.year)
    central, local = sums.split(total, borne.central)
    award = Award(
        id=uuid7(), grant=grant, position=position, total=total, least=least, level=borne.level,
        central_percent=borne.central, central=central, local=local, why=borne.why[:300], letter=letter.strip(),
        dated_on=dated_on, because=because.strip(), recorded_at=clock.now(), recorded_by=by.worker_id,
    )  # fmt: skip
    award.save(force_insert=True)
    return award
