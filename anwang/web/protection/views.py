"""What one looks at: all orders and shields I read, those of a case, one order, one shield."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.access.roles import Permission, has
from anwang.cases.queries import page
from anwang.protection import policies, queries


def index(request: HttpRequest) -> HttpResponse:
    """The register as far as I read it."""
    orders, shields = queries.orders(request.viewer), queries.shields(request.viewer)
    return render(request, "protection/index.html", _lists(orders, shields) | {"title": _title(orders, shields)})


def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """Orders and shields of one case, and what may be added.

    Every case somebody works on offers the same: that one serves the other party is said when he tries.
    """
    case = page(request.viewer, number)
    orders = queries.kept_on(request.viewer, case.id)
    shields = tuple(one for one in queries.shields(request.viewer) if one.case == case.number)
    context = _lists(orders, shields) | {
        "title": _title(orders, shields),
        "case": case,
        "may_keep": case.reads_case and has(request.viewer, Permission.CASEWORK),
    }
    return render(request, "protection/index.html", context)


def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order: what it says, until when, who knows, how it was broken."""
    return show_order(request, queries.order_page(request.viewer, order_id))


def show_order(request: HttpRequest, found: queries.OrderPage, **more: object) -> HttpResponse:
    """An order's page, with what this viewer may do about it."""
    may_keep = policies.may_keep(request.viewer, found.matter_id)
    return render(request, "protection/order.html", {"o": found, "may_keep": may_keep, "here": HERE, **more})


def shielding(request: HttpRequest, shielding_id: UUID) -> HttpResponse:
    """One shield: ground, time, against whom; the places behind their door."""
    return show_shield(request, queries.shield_page(request.viewer, shielding_id))


def show_shield(request: HttpRequest, found: queries.ShieldPage, **more: object) -> HttpResponse:
    """A shield's page, with what this viewer may do about it."""
    may_keep = policies.may_keep(request.viewer, found.matter_id)
    return render(request, "protection/shield.html", {"s": found, "may_keep": may_keep, "here": HERE, **more})


HERE = "/protection"


def _lists(orders: tuple[queries.OrderLine, ...], shields: tuple[queries.ShieldLine, ...]) -> dict[str, object]:
    return {
        "here": HERE,
        "orders": [one for one in orders if not one.is_over],
        "past": [one for one in orders if one.is_over],
        "shields": [one for one in shields if not one.is_over],
        "ended": [one for one in shields if one.is_over],
    }


def _title(orders: tuple[queries.OrderLine, ...], shields: tuple[queries.ShieldLine, ...]) -> str:
    """The page's answer as a sentence: 有2張保護令在效，其中1張快到期。"""
    sought = sum(one.sought for one in shields if not one.is_over)
    if sought:
        return ngettext(
            "有%(n)d則消息說有人在找保密的人。", "有%(n)d則消息說有人在找保密的人。", sought
        ) % {"n": sought}  # fmt: skip
    live = [one for one in orders if not one.is_over]
    if not live:
        return _("沒有在效的保護令。")
    said = ngettext("有%(n)d張保護令在效", "有%(n)d張保護令在效", len(live)) % {"n": len(live)}
    ending = sum(one.is_ending for one in live)
    if ending:
        said += ngettext("，其中%(n)d張快到期", "，其中%(n)d張快到期", ending) % {"n": ending}
    return said + _("。")
