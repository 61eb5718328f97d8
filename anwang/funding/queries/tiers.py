"""Fiscal tiers by county and period, from policy and from what was registered; jumps stand out, conflicts show both."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.directory.models import Jurisdiction
from anwang.directory.states import CENTRE
from anwang.enactments.queries import book
from anwang.funding import rules, standing
from anwang.funding.models import Tier

LARGE_JUMP = 2
"""So many tiers at once stand out on the page; a way of showing, no rule."""
NAMES = {
    "65000": "新北市", "63000": "臺北市", "68000": "桃園市", "66000": "臺中市", "67000": "臺南市", "64000": "高雄市",
    "10002": "宜蘭縣", "10004": "新竹縣", "10005": "苗栗縣", "10007": "彰化縣", "10008": "南投縣", "10009": "雲林縣",
    "10010": "嘉義縣", "10013": "屏東縣", "10014": "臺東縣", "10015": "花蓮縣", "10016": "澎湖縣", "10017": "基隆市",
    "10018": "新竹市", "10020": "嘉義市", "09020": "金門縣", "09007": "連江縣",
}  # fmt: skip
"""Counties by the code of the Ministry of the Interior: those the table of policy asks about."""


@dataclass(frozen=True)
class TierCell:
    """A county's tier in a period: `tier` 第n級 or 未定; `other` what the other source says where both differ."""

    period: str
    tier: str
    source: str
    other: str


@dataclass(frozen=True)
class TierRow:
    """A county's tiers over the periods; `jump` says a large change in words, empty without."""

    name: str
    cells: tuple[TierCell, ...]
    jump: str


def tier_table(viewer: Viewer) -> tuple[tuple[str, ...], tuple[TierRow, ...]]:
    """(periods, rows): counties of this installation first. Tiers are public; whoever steers sees them."""
    standing.may_see(viewer).enforce()
    starts = _starts()
    registered: dict[str, list[Tier]] = {}
    for row in Tier.objects.filter(replaced_at=None):
        registered.setdefault(row.county, []).append(row)
    here = {one.code: one.called for one in Jurisdiction.objects.exclude(code=CENTRE)}
    names = {code: name for code, name in here.items() if code in registered} | NAMES
    rows = tuple(_row(name, code, starts, registered.get(code, [])) for code, name in names.items())
    return tuple(_period(starts, index) for index in range(len(starts))), rows


def _starts() -> list[int]:
    """The first years of the periods in which the table of policy changes."""
    return sorted({version.from_.year for version in book().handle(rules.TIER).versions()})


def _period(starts: list[int], index: int) -> str:
    first = starts[index] - 1911
    if index + 1 < len(starts):
        return _("%(first)s至%(last)s年") % {"first": first, "last": starts[index + 1] - 1912}
    return _("%(first)s年起") % {"first": first}


def _row(name: str, code: str, starts: list[int], registered: list[Tier]) -> TierRow:
    levels, cells = [], []
    for index, start in enumerate(starts):
        told = rules.tier(code, start)
        row = next((one for one in registered if one.from_year <= start <= (one.to_year or start)), None)
        level = row.level if row else told.value
        differs = row is not None and told.value is not None and told.value != row.level
        source = row.source if row else told.why
        cells.append(TierCell(_period(starts, index), _tier(level), source, _tier(told.value) if differs else ""))
        levels.append(level)
    return TierRow(name, tuple(cells), _jump(levels))


def _jump(levels: list[int | None]) -> str:
    for before, after in reversed(list(pairwise(levels))):
        if before and after and abs(after - before) >= LARGE_JUMP:
            return _("第%(before)s級改第%(after)s級") % {"before": before, "after": after}
    return ""


def _tier(level: int | None) -> str:
    return _("第%(n)s級") % {"n": level} if level else _("未定")
