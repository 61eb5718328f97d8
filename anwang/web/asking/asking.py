"""Ask another unit (移轄、轉介、協力、協訪、主責、轉銜), take it back, end it, hear that it was taken over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer
from anwang.cases import actions as casework
from anwang.documents import actions as documents
from anwang.documents import queries as documents_queries
from anwang.documents.requests import names_asked_about
from anwang.documents.states import PaperKind
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters import actions, queries
from anwang.matters.policies.asking import DECIDES
from anwang.matters.states import MatterKind, OfferKind, OfferState
from anwang.web.shell import forms

from . import fields
from .home import home_of

BOTH = ["GET", "HEAD", "POST"]
SAYS = {
    OfferKind.TRANSFER: gettext_lazy("整件換另一個縣市負責。對方接受前，仍由你們負責。"),
    OfferKind.REFERRAL: gettext_lazy("請別的系統另外開案服務。你們的這一件不動，照常由你們負責。"),
    OfferKind.JOINING: gettext_lazy("請別的單位一起做一項。責任不動，對方接受後看得到這一件。"),
    OfferKind.VISIT_REQUEST: gettext_lazy("請外縣市代訪一次。責任不動，看過後由你們接著辦。"),
    OfferKind.LEAD: gettext_lazy("換別的單位當家庭主責。對方接受前，仍由你們主責。"),
    OfferKind.TRANSITION: gettext_lazy("說好哪一天起由對方負責。那一天之前，仍由你們負責。"),
}
"""What each act moves, and who answers meanwhile."""
LETTERS = {OfferKind.TRANSFER: PaperKind.TRANSFER.value, OfferKind.VISIT_REQUEST: PaperKind.VISIT.value}
"""The letter by which a request goes to an authority without accounts, or beside the page."""
ASKS = {
    OfferKind.TRANSFER: gettext_lazy("請哪個縣市接手？"),
    OfferKind.REFERRAL: gettext_lazy("轉介給誰？"),
    OfferKind.JOINING: gettext_lazy("請誰一起做？"),
    OfferKind.VISIT_REQUEST: gettext_lazy("請哪個縣市協訪？"),
    OfferKind.LEAD: gettext_lazy("主責交給誰？"),
    OfferKind.TRANSITION: gettext_lazy("哪一天起由誰負責？"),
}


@require_safe
@never_cache
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """What was asked and waits, who answers until then, and what can be asked."""
    return _page(request, queries.held(request.viewer, number))


@never_cache
@require_http_methods(BOTH)
def ask_for(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The form of one kind of request."""
    viewer, held = request.viewer, queries.held(request.viewer, number)
    chosen = OfferKind(kind) if kind in OfferKind.values else None
    if chosen == OfferKind.REFERRAL and held.kind == MatterKind.CASE and held.works and not held.is_over:
        return redirect("referrals:choose", number)
    if chosen not in dict(_kinds(viewer, held)):
        raise Refused(_refusal(held, chosen))
    units = queries.units_for(viewer, held.matter, chosen)
    people = documents_queries.people_to_name(viewer, number) if chosen == OfferKind.VISIT_REQUEST else []
    form = fields.Ask(request.POST or None, kind=chosen, units=units, county=held.county, people=people)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                _send(held, chosen, form.cleaned_data, viewer)
        except BadInput as error:
            form.refuse(error)
        except (Refused, Conflict) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("問了。回覆之前由%(unit)s負責。") % {"unit": held.accountable})
            return redirect("asking:ask", number)
    context = {
        "held": held, "form": form, "kind": chosen.label, "says": SAYS[chosen], "title": ASKS[chosen],
        "here": "/cases", "back": home_of(held),
    }  # fmt: skip
    return render(request, "asking/ask_for.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, number: str, offer_id: UUID) -> HttpResponse:
    """撤回, before the answer."""
    _own(request, number, offer_id)
    actions.withdraw(offer_id=offer_id, by=request.viewer, at=clock.now())
    messages.success(request, _("撤回了，這件事沒有換人負責。"))
    return redirect("asking:ask", number)


@require_POST
def end(request: HttpRequest, number: str, offer_id: UUID) -> HttpResponse:
    """End a joining or a visit asked for."""
    held = _own(request, number, offer_id)
    try:
        casework.leave_joining(
            offer_id=offer_id, reason=request.POST.get("reason", "")[:40], by=request.viewer, at=clock.now()
        )
    except BadInput as error:
        return _page(request, held, fault=str(error))
    messages.success(request, _("協力結束了，對方已經不能再看。"))
    return redirect("asking:ask", number) if held.works else redirect("worklist:today")


@never_cache
@require_http_methods(BOTH)
def taken_over(request: HttpRequest, number: str) -> HttpResponse:
    """承接確認: the former authority heard that the other one acts."""
    viewer, held = request.viewer, queries.held(request.viewer, number)
    waiting = [
        one for one in queries.asked_of(viewer, held.id) if _looks_after(one) and one.from_unit_id in viewer.units
    ]
    if not waiting:
        raise NotFound(_("沒有等你們確認的移轄。請回今日看最新情形。"))
    form = fields.TakenOver(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.confirm_taken_over(
                offer_id=waiting[0].id, ref=given["ref"], at=given["at"], by=viewer, ends=given["ends"] == "yes"
            )
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("確認了，%(unit)s已經接手。") % {"unit": waiting[0].to_unit})
            return redirect("worklist:today")
    context = {"held": held, "form": form, "one": waiting[0], "here": "/today"}
    return render(request, "asking/taken_over.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, held: queries.Held, fault: str = "") -> HttpResponse:
    viewer = request.viewer
    topics = dict(forms.CodeField("joining.topics").choices)
    said = queries.words_with(viewer, held.id)
    about = names_asked_about(held.id)
    asked = queries.asked_of(viewer, held.id, answered=True)
    context = {
        "held": held, "here": "/cases", "fault": fault,
        "back": home_of(held),
        "rows": [
            _row(one, viewer, held, topics) | {"words": said.get(one.id, ""), "about": about.get(one.id, "")}
            for one in asked if not one.is_done
        ],
        "answered": [_answered(one) for one in reversed(asked) if one.is_done],
        "kinds": [(kind.value, kind.label, says) for kind, says in _kinds(viewer, held)],
        "supervisor_asks": held.works and not has(viewer, Permission.ASSIGN),
        "reasons": list(forms.CodeField("ending.joining").choices)[1:],
    }  # fmt: skip
    return render(request, "asking/ask.html", context, status=422 if fault else 200)


def _row(one: queries.Asked, viewer: Viewer, held: queries.Held, topics: dict[Any, Any]) -> dict[str, Any]:
    mine, is_pending = one.from_unit_id in viewer.units and held.works, one.state == OfferState.PENDING
    return {
        "o": one, "kind": OfferKind(one.kind).label, "is_pending": is_pending,
        "topic": topics.get(one.topic, "") if one.topic else "",
        "may_withdraw": is_pending and mine,
        "letter": LETTERS.get(OfferKind(one.kind), "") if is_pending and mine else "",
        "may_answer": is_pending and (one.to_unit_id in viewer.units or (not one.on_system and mine)),
        "may_end": not is_pending and one.kind in (OfferKind.JOINING, OfferKind.VISIT_REQUEST)
        and (held.works or one.to_unit_id in viewer.units),
        "looks_after": _looks_after(one) and one.from_unit_id in viewer.units,
    }  # fmt: skip


def _answered(one: queries.Asked) -> dict[str, Any]:
    because = dict(forms.CodeField("offer.decline_reasons").choices).get(one.reason, "")
    is_accepted = one.state == OfferState.ACCEPTED
    return {"o": one, "kind": OfferKind(one.kind).label, "because": because, "is_accepted": is_accepted}


def _looks_after(one: queries.Asked) -> bool:
    return one.kind == OfferKind.TRANSFER and one.state == OfferState.ACCEPTED and not one.on_system


def _kinds(viewer: Viewer, held: queries.Held) -> list[tuple[OfferKind, Any]]:
    """What this viewer may ask for this matter: what moves responsibility only where he assigns."""
    if held.is_over or not held.works:
        return []
    fitting = [OfferKind.LEAD] if held.kind == MatterKind.COORDINATION else [k for k in SAYS if k != OfferKind.LEAD]
    return [(kind, SAYS[kind]) for kind in fitting if kind not in DECIDES or has(viewer, Permission.ASSIGN)]


def _refusal(held: queries.Held, kind: OfferKind | None) -> str:
    if kind is None or not held.works:
        return _("這件事不在你手上。要請別的單位，請洽承辦單位。")
    if held.is_over:
        return _("這件事已經結束。要再請別的單位，先再開案。")
    if (kind == OfferKind.LEAD) != (held.kind == MatterKind.COORDINATION):
        return _("主責交接只用在家庭主責。案件請用指派或移轄。")
    return _("移轄、轉銜與主責交接由督導送出。請洽你的督導。")


def _send(held: queries.Held, kind: OfferKind, given: dict[str, Any], viewer: Viewer) -> None:
    ends_on = given.get("until")
    people = [UUID(one) for one in given.get("people", ())]
    sent = actions.offer(
        matter_id=held.id, kind=kind, to_unit_id=UUID(given["unit"]), by=viewer, at=given["at"],
        topic=given.get("topic", ""), effective_on=given.get("effective_on"), urgent=given.get("urgent") == "yes",
        words=given["words"], subject_id=people[0] if len(people) == 1 else None,
        until=datetime(ends_on.year, ends_on.month, ends_on.day, tzinfo=clock.TAIPEI) + timedelta(days=1)
        if ends_on else None,
    )  # fmt: skip
    if people:
        documents.name_asked(offer_id=sent.id, people=people, by=viewer)


def _own(request: HttpRequest, number: str, offer_id: UUID) -> queries.Held:
    """The matter whose request this is, for whoever may know of it."""
    held = queries.held(request.viewer, number)
    if offer_id not in {one.id for one in queries.asked_of(request.viewer, held.id)}:
        raise NotFound(_("查無這個請求，可能剛剛已經回覆或撤回。"))
    return held
