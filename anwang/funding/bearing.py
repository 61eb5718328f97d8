"""Who bears what of a line in a county and year: what was registered with its source, else what policy says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from anwang.funding import rules
from anwang.funding.models import Line, Share, Tier
from anwang.funding.states import Bears


@dataclass(frozen=True)
class Borne:
    """The county's tier and the centre's per cent, each None where undecided; `why` says where they come from."""

    level: int | None
    central: int | None
    why: str


def tier_of(county: str, year: int) -> rules.Told:
    """The tier of a county in a year: the registered one with its source, else the table of policy."""
    found = Tier.objects.filter(county=county, from_year__lte=year, replaced_at=None)
    row = found.filter(Q(to_year__isnull=True) | Q(to_year__gte=year)).first()
    if row is not None:
        return rules.Told(row.level, row.source)
    return rules.tier(county, year)


def of(line: Line, county: str, year: int) -> Borne:
    """What the centre bears of this line there and then. Undecided is an answer: nobody guesses."""
    bears = rules.bears(line.kind, year)
    if bears != Bears.SHARED:
        kind = rules.label(rules.KIND, line.kind)
        return Borne(None, 100 if bears == Bears.CENTRAL else 0, f"{kind}　{Bears(bears).label}")
    tier = tier_of(county, year)
    level = _("第%(n)s級") % {"n": tier.value} if tier.value else _("級次未定")
    own = _own(line, tier.value, year)
    if own is not None:
        return Borne(tier.value, own.central, f"{level}（{tier.why}）　{own.source}")
    share = rules.share(tier.value, year)
    return Borne(tier.value, share.value, f"{level}（{tier.why}）　{share.why}")


def operating(premises: str, on: date) -> tuple[int | None, int]:
    """(amount or None, at least so much) of a centre's operating grant: half without premises, undecided unknown."""
    full = rules.whole_number(rules.OPERATING, on)
    is_full, is_known = rules.rate_of(premises, on)
    least = full if is_full else full // 2
    return least if is_known else None, least


def _own(line: Line, level: int | None, year: int) -> Share | None:
    """The share registered for the line: the latest year that has begun, a tier's own before that of every tier."""
    found = Share.objects.filter(line=line, from_year__lte=year, replaced_at=None)
    mine = found.filter(Q(level__isnull=True) | Q(level=level)) if level else found.filter(level__isnull=True)
    return max(mine, key=lambda one: (one.from_year, one.level is not None), default=None)
