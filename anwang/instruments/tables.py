"""The half-year report as tables of text: the same lines on the page, in the spreadsheet and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from anwang.foundation import roc

from .queries.ledger import HalfYear, Tally, percent

Line = tuple[str | int, ...]


@dataclass(frozen=True)
class Table:
    """One table: what it counts in a sentence, its heads, its lines."""

    name: str
    note: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]


def tables(report: HalfYear) -> tuple[Table, ...]:
    """By version, by unit, by item named, system against people, and what came later."""
    return (_by_version(report), _by_unit(report), _by_item(report), _matrix(report), _after(report))


def definitions(report: HalfYear) -> tuple[tuple[str, str], ...]:
    """How each number is made, for the foot of the report."""
    near, far = report.windows
    return (
        (_("份數"), _("這半年填的、沒有被更正取代的量表；依填表日。")),
        (_("計分"), _("量表適用於這個人，答案給出等級或範圍的份數。不適用的不計。")),
        (_("調整率"), _("（調高＋調低）÷（相同＋調高＋調低）。系統未定而由人決定的另列。")),
        (_("低估"), _("人調低，而觀察期內發生下列任一事。分母是觀察期已滿的調低。")),
        (_("高估"), _("人調高，而觀察期內都沒有發生。分母是觀察期已滿的調高。")),
        (_("觀察期"), _("填表起%(near)s與%(far)s；還沒滿的不算。") % {"near": near, "far": far}),
        (_("之後的事"), _("新通報、受傷、改列高級、不安全、緊急安置、違反保護令、再開案、死亡；同事件重複通報不算。")),
    )  # fmt: skip


def _version_words(one: Tally) -> tuple[str, str]:
    return one.title, roc.roc_long(one.from_on)


def _by_version(report: HalfYear) -> Table:
    head = (_("量表"), _("版本自"), _("份數"), _("計分"), _("相同"), _("調高"), _("調低"), _("系統未定"), _("調整率"))
    lines = tuple(
        (*_version_words(one), one.filled, one.scored, one.agreed, one.up, one.down, one.decided, one.rate)
        for one in report.versions
    )  # fmt: skip
    note = _("每一版量表有多少份、人和系統不同的有多少。")
    return Table(_("依版本"), note, head, lines)


def _estimates(one: Tally) -> Line:
    return (
        f"{one.near_under}／{one.near_down}", f"{one.near_over}／{one.near_up}",
        f"{one.far_under}／{one.far_down}", f"{one.far_over}／{one.far_up}",
    )  # fmt: skip


def _estimate_heads(report: HalfYear) -> tuple[str, ...]:
    near, far = report.windows
    return (
        _("%(time)s低估") % {"time": near}, _("%(time)s高估") % {"time": near}, _("%(time)s低估") % {"time": far},
        _("%(time)s高估") % {"time": far},
    )  # fmt: skip


def _by_unit(report: HalfYear) -> Table:
    head = (_("單位"), _("量表"), _("份數"), _("調高"), _("調低"), _("調整率"), *_estimate_heads(report))
    lines = tuple(
        (one.unit, one.title, one.filled, one.up, one.down, one.rate, *_estimates(one)) for one in report.units
    )
    return Table(_("依單位"), _("調整的人所屬單位；不列個人。"), head, lines)


def _by_item(report: HalfYear) -> Table:
    head = (_("量表"), _("項目"), _("說太重（調低）"), _("說太輕（調高）"), *_estimate_heads(report))
    lines = tuple((one.title, one.item, one.down, one.up, *_estimates(one)) for one in report.items)
    return Table(_("依項目"), _("調整時，人指出是哪一題和實情不符。"), head, lines)


def _matrix(report: HalfYear) -> Table:
    head = (
        _("量表"), _("版本自"), _("系統"), _("人"), _("份數"),
        *(_("%(time)s內有事") % {"time": time} for time in report.windows),
    )  # fmt: skip
    lines = tuple(
        (*_version_words(one), one.system, one.chosen, one.filled, f"{one.near_harm}／{one.near_done}",
         f"{one.far_harm}／{one.far_done}")
        for one in report.cells
    )  # fmt: skip
    return Table(_("系統與人"), _("系統給的等級，和人給的等級，各有多少份。"), head, lines)


def _after(report: HalfYear) -> Table:
    near, far = report.windows
    head = (_("量表"), _("版本自"), *_estimate_heads(report), _("%(time)s內有事") % {"time": near},
            _("%(time)s內有事") % {"time": far})  # fmt: skip
    lines = tuple(
        (*_version_words(one), *_estimates(one),
         f"{one.near_harm}／{one.near_done}（{percent(one.near_harm, one.near_done)}）",
         f"{one.far_harm}／{one.far_done}（{percent(one.far_harm, one.far_done)}）")
        for one in report.versions
    )  # fmt: skip
    return Table(_("之後發生的事"), _("分子／分母；分母只算觀察期已滿的。"), head, lines)
