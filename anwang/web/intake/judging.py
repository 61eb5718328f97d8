"""Not opening, relating to earlier reports, and what a supervisor signs."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.intake import actions
from anwang.intake.queries.numbers import named

from . import views
from .acts import back, pair, report_id, when

REPEAT = ("same_event", "other_victim", "new_facts")
REFUSAL = ("can_decide", "public_danger", "risk_assessed", "rights_told")


@require_POST
def not_open(request: HttpRequest, number: str) -> HttpResponse:
    """Propose not to open, on a ground; refused grounds come back as a sentence on the page."""

    def act() -> None:
        try:
            actions.not_open(
                report_id=report_id(request, number),
                ground=request.POST.get("ground", ""),
                reason=request.POST.get("reason", ""),
                evidence=request.POST.get("evidence", ""),
                refusal={name: request.POST[name] for name in REFUSAL if request.POST.get(name)},
                by=request.viewer,
                at=clock.now(),
                **pair(request),
            )
        except Refused as refused:
            raise BadInput(refused.message) from None

    return back(request, number, act, _("不開案送審了。督導核可前，仍由現在的人負責。"))


@require_POST
def relate(request: HttpRequest, number: str) -> HttpResponse:
    """One of four classes for an earlier report; or only the advice, after up to three questions."""
    if "ask" in request.POST:
        return views.report(request, number, typed=request.POST)

    def act() -> None:
        earlier = named(request.viewer, request.POST.get("earlier_number", ""))[0]
        if earlier is None:
            raise BadInput(_("查無先前的通報或案件。請確認編號。"))
        actions.relate_report(
            report_id=report_id(request, number),
            earlier_id=earlier,
            repeat=request.POST.get("repeat", ""),
            reason=request.POST.get("reason", ""),
            given={name: request.POST[name] for name in REPEAT if request.POST.get(name)},
            by=request.viewer,
            at=clock.now(),
        )

    return back(request, number, act, _("和先前通報的關係記下了。"))


@require_POST
def review(request: HttpRequest, number: str) -> HttpResponse:
    """核可, 退回 or 撤回 from the report page."""

    def act() -> None:
        about = {"review_id": UUID(request.POST.get("review", "")), "by": request.viewer, "at": when(request)}
        if request.POST.get("answer") == "take_back":
            actions.take_back_review(**about)
        elif request.POST.get("answer") == "approve":
            actions.approve_review(words=request.POST.get("words", ""), **about)
        else:
            actions.send_back_review(words=request.POST.get("words", ""), **about)

    taken_back = request.POST.get("answer") == "take_back"
    return back(request, number, act, _("撤回了，要再決定一次。") if taken_back else _("審核記下了。"))


@require_POST
def second_look(request: HttpRequest, number: str) -> HttpResponse:
    def act() -> None:
        actions.take_second_look(
            report_id=report_id(request, number), words=request.POST.get("words", ""), by=request.viewer,
            at=clock.now(),
        )  # fmt: skip

    return back(request, number, act, _("再檢視的結論記下了。"))
