"""What one looks at: the desk, one meeting, its sheet on paper for one side."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.conferences import policies, queries
from anwang.conferences.states import MeetingState, Side
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.tracking.queries import sitting_followed

HERE = "/meetings"
HALF_A_YEAR = timedelta(days=182)


def index(request: HttpRequest) -> HttpResponse:
    """Everything of meetings that lies on my desk."""
    found = queries.desk(request.viewer)
    today = clock.today()
    context = {
        "here": HERE, "d": found, "title": _title(found), "may_call": policies.may_call(request.viewer),
        "may_open_review": policies.may_open_review(request.viewer),
        "effect": queries.effect(request.viewer, today - HALF_A_YEAR, today), "since": today - HALF_A_YEAR,
        "to_rule": [one for one in found.decisions if one.is_to_rule],
        "mine": [one for one in found.decisions if one.is_mine],
        "others": [one for one in found.decisions if not one.is_mine and not one.is_to_rule],
    }  # fmt: skip
    return render(request, "conferences/index.html", context)


def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """One meeting as far as I see it, with what I may do."""
    try:
        found = queries.meeting(request.viewer, number)
    except NotFound:
        followed = sitting_followed(request.viewer, number)
        if followed is None:
            raise
        return redirect("tracking:sitting", followed)
    context = {"here": HERE, "m": found, "can": frozenset(can(found)), "title": _said(found)}
    return render(request, "conferences/meeting.html", context)


def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The meeting on paper for one side: for whoever has no account. Whoever keeps the record prints it."""
    found = queries.meeting(request.viewer, number)
    side = request.GET.get("side", Side.HERS)
    side = side if side in Side.values and found.may_keep else Side.HERS
    context = {"here": HERE, "m": found, "items": _of_side(found, side), "side": Side(side).label}
    return render(request, "conferences/sheet.html", context)


def can(found: queries.MeetingPage) -> list[str]:
    """What may be done with a meeting now, by codes the page knows."""
    if not found.may_keep:
        return []
    return {
        MeetingState.PLANNED: ["lay", "invite", "move", "hold", "off"],
        MeetingState.HELD: ["lay", "write", "decide", "confirm"],
        MeetingState.CONFIRMED: ["tell", "correct", "close"],
    }.get(MeetingState(found.state), [])


def _of_side(found: queries.MeetingPage, side: str) -> list[tuple[object, list[object]]]:
    """Items with the parts of a side, numbered anew: the sheet of one side tells nothing of the other."""
    shown = []
    for item in found.items:
        parts: list[object] = [
            one for one in item.parts if side == Side.BRIDGE or (side == Side.HIS) == (one.circle == "other")
        ]
        if item.title or parts:
            shown.append((item, parts))
    return shown


def _said(found: queries.MeetingPage) -> str:
    """The page's answer as a sentence."""
    if found.state == MeetingState.PLANNED:
        return _("%(when)s開會，議程%(n)d案。") % {"when": found.when, "n": len(found.items)}
    if found.state == MeetingState.HELD:
        return _("開過會了，紀錄還沒確認。")
    if found.state == MeetingState.CONFIRMED:
        if found.untold:
            return ngettext("紀錄已確認，還有%(n)d位要轉知。", "紀錄已確認，還有%(n)d位要轉知。", found.untold) % {
                "n": found.untold
            }
        return _("紀錄已確認，決議都送到了。")
    return _("會議取消了。") if found.state == MeetingState.CALLED_OFF else _("會議結束，決議繼續列管。")


def _title(found: queries.Desk) -> str:
    if found.to_answer:
        return ngettext("有%(n)d份開會通知等你回覆。", "有%(n)d份開會通知等你回覆。", found.to_answer) % {
            "n": found.to_answer
        }
    if found.late:
        return ngettext("有%(n)d項決議過了期限。", "有%(n)d項決議過了期限。", found.late) % {"n": found.late}
    live = sum(not one.is_over for one in found.meetings)
    if live:
        return ngettext("有%(n)d場會議在進行。", "有%(n)d場會議在進行。", live) % {"n": live}
    return _("沒有會議等你處理。")
