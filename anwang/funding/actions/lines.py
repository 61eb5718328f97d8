"""Grant lines, who bears them, and fiscal tiers as they were published."""

from __future__ import annotations

from dataclasses import dataclass
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
from anwang.funding import rules, standing
from anwang.funding.models import Line, Share, Tier
from anwang.funding.states import TierStatus
from anwang.matters.promises import keep

FIRST_YEAR, LAST_YEAR = 2018, 2100


@dataclass(frozen=True, kw_only=True)
class LineGiven:
    """A grant line as registered; see the fields of `models.Line`."""

    code: str
    name: str
    plan: str
    kind: str
    from_year: int
    to_year: int | None = None
    halves_without_premises: bool = False


@dataclass(frozen=True, kw_only=True)
class TierGiven:
    """A fiscal tier as published: years of the common era, both included."""

    county: str
    level: int
    from_year: int
    source: str
    to_year: int | None = None
    status: str = TierStatus.PUBLISHED


@transaction.atomic
def open_line(*, given: LineGiven, by: Viewer) -> Line:
    """A new grant line of the ministry. Raises BadInput for a kind not on the list, Conflict for a code in use."""
    standing.may_grant(by).enforce()
    if not (given.code.strip() and given.name.strip() and given.plan.strip()):
        raise BadInput(_("請填代號、名稱和計畫。"), field="name")
    check_years(given.from_year, given.to_year)
    if rules.code(rules.KIND, given.kind, clock.today()) is None:
        raise BadInput(_("請從清單選經費來源。"), field="kind")
    if Line.objects.filter(code=given.code.strip()).exists():
        raise Conflict(_("這個代號已經用了。請換一個。"))
    line = Line(
        id=uuid7(), code=given.code.strip(), name=given.name.strip(), plan=given.plan.strip(), kind=given.kind,
        unit_id=by.unit_id, halves_without_premises=given.halves_without_premises, from_year=given.from_year,
        to_year=given.to_year, recorded_at=clock.now(), recorded_by=by.worker_id,
    )  # fmt: skip
    line.save(force_insert=True)
    record("funding.line_opened", by=by, at=clock.now(), subject_id=line.id, kind=given.kind)
    return line


@transaction.atomic
def set_share(
    *, line_id: UUID, level: int | None, from_year: int, central: int | None, local: int | None, source: str,
    by: Viewer, because: str = "",
) -> Share:  # fmt: skip
    """分攤比率 of a line for a tier (None: every tier) from a year, with its source; both None: undecided.

    The same tier and year again replaces the earlier row and needs `because`. Raises BadInput unless both add to 100.
    """
    standing.may_grant(by).enforce()
    if not Line.objects.filter(id=line_id).exists():
        raise NotFound(_("查無這個補助項目。"))
    check_years(from_year, None)
    if (central is None) != (local is None) or (central is not None and local is not None and central + local != 100):
        raise BadInput(_("中央和地方的比率要合計100；未定就兩個都不填。"), field="local")
    if central is not None and not 0 <= central <= 100:
        raise BadInput(_("比率要在0到100之間。"), field="central")
    if level is not None and not 1 <= level <= 5:
        raise BadInput(_("財力級次是第1級到第5級。"), field="level")
    if not source.strip():
        raise BadInput(_("請寫比率的依據，例如計畫的章節或公文文號。"), field="source")
    now = clock.now()
    same = Share.objects.filter(line_id=line_id, level=level, from_year=from_year, replaced_at=None)
    _replace(same, because, by)
    share = Share(
        id=uuid7(), line_id=line_id, level=level, from_year=from_year, central=central, local=local,
        source=source.strip(), recorded_at=now, recorded_by=by.worker_id,
    )  # fmt: skip
    share.save(force_insert=True)
    record("funding.share_set", by=by, at=now, subject_id=share.id, line=line_id, level=level, central=central)
    keep()
    return share


@transaction.atomic
def register_tier(*, given: TierGiven, by: Viewer, because: str = "") -> Tier:
    """財力級次 as published. Years that overlap a registered row replace it, with the reason."""
    standing.may_grant(by).enforce()
    check_years(given.from_year, given.to_year)
    if not Jurisdiction.objects.filter(code=given.county).exclude(code=CENTRE).exists():
        raise BadInput(_("請選縣市。"), field="county")
    if not 1 <= given.level <= 5:
        raise BadInput(_("財力級次是第1級到第5級。"), field="level")
    if not given.source.strip():
        raise BadInput(_("請寫級次的依據，例如公文文號或公布日期。"), field="source")
    overlapping = [
        one.id for one in Tier.objects.select_for_update().filter(county=given.county, replaced_at=None)
        if one.from_year <= (given.to_year or LAST_YEAR) and given.from_year <= (one.to_year or LAST_YEAR)
    ]  # fmt: skip
    _replace(Tier.objects.filter(id__in=overlapping), because, by)
    tier = Tier(
        id=uuid7(), county=given.county, level=given.level, from_year=given.from_year, to_year=given.to_year,
        status=given.status, source=given.source.strip(), recorded_at=clock.now(), recorded_by=by.worker_id,
    )  # fmt: skip
    tier.save(force_insert=True)
    record("funding.tier_registered", by=by, at=clock.now(), subject_id=tier.id, county=given.county, level=given.level)
    keep()
    return tier


def check_years(first: int, last: int | None) -> None:
    """Raises BadInput for years the plan never had, and for a last before the first."""
    if not FIRST_YEAR <= first <= LAST_YEAR:
        raise BadInput(_("請填民國107年以後的年度。"), field="from_year")
    if last is not None and not first <= last <= LAST_YEAR:
        raise BadInput(_("最後一年不能早於第一年。"), field="to_year")


def _replace(rows, because: str, by: Viewer) -> None:  # type: ignore[no-untyped-def]
    if not rows.exists():
        return
    if not because.strip():
        raise BadInput(_("這段期間已經登錄過。要更正請寫理由。"), field="because")
    rows.update(replaced_at=clock.now(), replaced_by=by.worker_id, replaced_because=because.strip())
