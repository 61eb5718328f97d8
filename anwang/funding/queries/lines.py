"""Grant lines and who bears them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation.errors import NotFound
from anwang.funding import rules, standing
from anwang.funding.models import Line, Share


@dataclass(frozen=True)
class LineRow:
    """A grant line as a list shows it."""

    id: UUID
    code: str
    name: str
    plan: str
    kind: str
    years: str
    halves: bool


@dataclass(frozen=True)
class ShareRow:
    """Who bears a line from a year on, for a tier or for every tier; replaced rows say why."""

    tier: str
    from_year: int
    words: str
    source: str
    replaced: str


@dataclass(frozen=True)
class LinePage:
    """A line with every share ever registered for it."""

    row: LineRow
    is_bonus: bool
    shares: tuple[ShareRow, ...]
    may_grant: bool


def lines(viewer: Viewer) -> tuple[LineRow, ...]:
    """Every grant line. They are public to whoever steers."""
    standing.may_see(viewer).enforce()
    return tuple(_row(line) for line in Line.objects.order_by("plan", "name"))


def line_page(viewer: Viewer, line_id: UUID) -> LinePage:
    """One line; its shares, the latest year first."""
    standing.may_see(viewer).enforce()
    line = Line.objects.filter(id=line_id).first()
    if line is None:
        raise NotFound(_("查無這個補助項目。"))
    shares = Share.objects.filter(line=line).order_by("-from_year", "level", "recorded_at")
    return LinePage(
        _row(line), rules.is_bonus(line.kind, line.from_year), tuple(_share(one) for one in shares),
        bool(standing.may_grant(viewer)),
    )  # fmt: skip


def _row(line: Line) -> LineRow:
    span = {"first": line.from_year - 1911, "last": (line.to_year or 0) - 1911}
    years = _("%(first)s至%(last)s年度") % span if line.to_year else _("%(first)s年度起") % span
    kind = rules.label(rules.KIND, line.kind)
    return LineRow(line.id, line.code, line.name, line.plan, kind, years, line.halves_without_premises)


def _share(one: Share) -> ShareRow:
    words = _("未定") if one.central is None else _("中央%(central)s%%、地方%(local)s%%") % {
        "central": one.central, "local": one.local,
    }  # fmt: skip
    tier = _("第%(n)s級") % {"n": one.level} if one.level else _("各級")
    return ShareRow(tier, one.from_year - 1911, words, one.source, one.replaced_because)
