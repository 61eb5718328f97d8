"""Decisions of the unit desk: take and give on, approve or return, answer, rule."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from anwang.cases import actions as casework
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.matters import actions, policies, queries
from anwang.matters.holder import Holder
from anwang.matters.states import MatterKind, OfferKind
from anwang.web import rooms

from . import fields
from .views import Fault, desk_page, forms_codes, label_of, units_of

HOME = "unit_desk:index"
BOTH = ["GET", "HEAD", "POST"]


@require_POST
def take(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Sign for the unit; with a worker chosen, give it on to him in the same breath."""
    viewer, now = request.viewer, clock.now()
    line = next((one for one in queries.unsigned(viewer, units_of(viewer)) if one.id == assignment_id), None)
    signed = actions.sign(assignment_id=assignment_id, at=now, by=viewer)
    worker = request.POST.get("worker", "")
    people = {str(key): name for key, name in queries.colleagues(viewer, signed.to_unit_id)}
    if worker in people and line is not None and str(line.to_worker_id) != worker:
        actions.reassign(
            matter_id=signed.matter_id, to=Holder(signed.to_unit_id, UUID(worker)), effective_at=now,
            expected_since=_instant(request.POST.get("since", "")) or line.acting_since, by=viewer,
        )  # fmt: skip
        messages.success(request, _("簽收了，交給%(who)s。") % {"who": people[worker]})
    else:
        messages.success(request, _("簽收了。"))
    return redirect(HOME)


@require_POST
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """核可, 退回 with words, or 補登 of what was approved by phone. A return without words stays on the page.

    Words that came after somebody else had decided are given back on it too.
    """
    words = request.POST.get("words", "").strip()[:2000]
    try:
        _decide(request, review_id, words)
    except BadInput as error:
        return desk_page(request, fault=Fault(review_id, str(error), words))
    except Conflict as error:
        if not (words and (request.viewer.supervised_units or request.viewer.covers)):
            raise
        request.undone = True
        return desk_page(request, fault=Fault(review_id, str(error), words), status=409)
    return redirect(HOME)


def _decide(request: HttpRequest, review_id: UUID, words: str) -> None:
    viewer, now = request.viewer, clock.now()
    _matter, kind, number = queries.review_of(viewer, review_id)
    if request.POST.get("do") == "write_down":
        rooms.write_down(kind)(review_id=review_id, words=words, by=viewer, at=now)
        messages.success(request, _("補登了%(number)s。") % {"number": number})
    elif request.POST.get("do") == "approve":
        rooms.approve(kind)(review_id=review_id, by=viewer, at=now, words=words)
        messages.success(request, _("核可了%(number)s。") % {"number": number})
    else:
        rooms.send_back(kind)(review_id=review_id, words=words, by=viewer, at=now)
        messages.success(request, _("退回了%(number)s，理由已經送到。") % {"number": number})


@require_POST
def approve_batch(request: HttpRequest) -> HttpResponse:
    """批次核可 of what was ticked: all or none."""
    viewer, now = request.viewer, clock.now()
    chosen = [found for text in request.POST.getlist("review")[:50] if (found := _uuid(text))]
    for review_id in chosen:
        _matter, kind, _number = queries.review_of(viewer, review_id)
        rooms.approve(kind)(review_id=review_id, by=viewer, at=now)
    if chosen:
        messages.success(request, _("核可了%(n)d件。") % {"n": len(chosen)})
    else:
        messages.info(request, _("還沒有勾任何一件。"))
    return redirect(HOME)


@never_cache
@require_http_methods(BOTH)
def offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Answer a request: for one's own unit, or by proxy for a receiver without accounts."""
    line = queries.offer_line(
        request.viewer, offer_id, sees=policies.may_see_offer, answers=policies.may_answer,
        answering=request.method == "POST",
    )  # fmt: skip
    if line.matter_kind == MatterKind.REFERRAL:
        return redirect("referrals:proxy" if line.by_proxy else "referrals:answer", line.number)
    people = [] if line.by_proxy else queries.colleagues(request.viewer, line.to_unit_id)
    data = request.POST if request.method == "POST" else None
    form = fields.Proxy(data) if line.by_proxy else fields.Answer(data, people=people)
    if data is not None and form.is_valid():
        try:
            _answer(request, line, form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            return _after_answer(request, line, form.cleaned_data["accept"] == "yes")
    context = {
        "line": line, "kind": str(OfferKind(line.kind).label), "form": form, "here": "/unit",
        "topic": label_of("joining.topics", line.topic) if line.topic else "",
        "words": queries.words_with(request.viewer, line.matter_id).get(line.id, ""),
    }  # fmt: skip
    return render(request, "unit_desk/offer.html", context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, line: queries.OfferLine, given: dict[str, str]) -> None:
    accept, viewer = given["accept"] == "yes", request.viewer
    if line.by_proxy:
        actions.answer_by_proxy(
            offer_id=line.id, accept=accept, name=given["name"], how=given["how"], ref=given["ref"], at=given["at"],
            by=viewer, reason="" if accept else given["reason"],
        )  # fmt: skip
        return
    to = Holder(line.to_unit_id, UUID(given["worker"])) if accept and given["worker"] else None
    actions.answer(
        offer_id=line.id, accept=accept, by=viewer, at=clock.now(), reason="" if accept else given["reason"], to=to
    )


def _after_answer(request: HttpRequest, line: queries.OfferLine, accept: bool) -> HttpResponse:
    messages.success(request, _("記下了：接受。") if accept else _("記下了：退回。對方看得到理由。"))
    own = rooms.OPENS_OF_ITS_OWN[line.kind]
    if accept and own and not line.by_proxy:
        try:
            return redirect(f"{reverse(own)}?from={line.number}")
        except NoReverseMatch:
            pass
    return redirect(HOME if request.viewer.supervised_units else "worklist:today")


@require_POST
def end_joining(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    casework.leave_joining(
        offer_id=offer_id, reason=request.POST.get("reason", "")[:40], by=request.viewer, at=clock.now()
    )
    messages.success(request, _("協力結束了，對方已經不能再看。"))
    return redirect("unit_desk:joint")


@never_cache
@require_http_methods(BOTH)
def dispute(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """What both sides say, earlier rulings on the same topic, and the ruling."""
    viewer = request.viewer
    line = queries.dispute(viewer, dispute_id, answering=request.method == "POST")
    sides = [(line.filed_by_id, line.filed_by), *([(line.claimed_id, line.claimed)] if line.claimed_id else [])]
    data = request.POST if request.method == "POST" else None
    ruling = fields.Rule(
        data if data and "rule" in data else None, units=sides, by_proxy=not line.arbiter_on_system
    )  # fmt: skip
    said = fields.Statement(data if data and "state" in data else None, prefix="said")
    if data is not None and (done := _dispute(request, dispute_id, ruling, said)):
        return done
    context = {
        "line": line, "topic": label_of("dispute.topics", line.topic), "ruling": ruling, "said": said, "here": "/unit",
        "statements": queries.statements(viewer, dispute_id),
        "precedents": queries.dispute_precedents(viewer, topic=line.topic)[:5],
        "topics": forms_codes("dispute.topics"),
    }  # fmt: skip
    return render(request, "unit_desk/dispute.html", context, status=422 if ruling.errors or said.errors else 200)


def _dispute(
    request: HttpRequest, dispute_id: UUID, ruling: fields.Rule, said: fields.Statement
) -> HttpResponse | None:
    try:
        if ruling.is_bound and ruling.is_valid():
            given = ruling.cleaned_data
            actions.rule(
                dispute_id=dispute_id, unit_id=UUID(given["unit"]), words=given["words"], by=request.viewer,
                principle=given["principle"], at=given["at"], name=given.get("name", ""), ref=given.get("ref", ""),
            )  # fmt: skip
            messages.success(request, _("裁定了。從裁定時間起由指定的單位負責。"))
            return redirect(HOME)
        if said.is_bound and said.is_valid():
            actions.add_statement(dispute_id=dispute_id, words=said.cleaned_data["words"], by=request.viewer)
            messages.success(request, _("意見存好了。"))
            return redirect("unit_desk:dispute", dispute_id)
    except BadInput as error:
        (ruling if ruling.is_bound else said).refuse(error)
    return None


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
