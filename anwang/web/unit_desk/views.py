"""What waits for whoever signs in a unit; what was asked of others; precedents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang import rulebook
from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.errors import Refused
from anwang.matters import queries
from anwang.matters.states import HandOverReason, MatterKind, OfferKind, ReviewOf
from anwang.web.shell import forms, words
from anwang.web.worklist.discharging import page_of
from anwang.web.worklist.rows import about


def units_of(viewer: Viewer) -> list[UUID]:
    """The units this viewer signs for. Refused when there is none."""
    if not viewer.supervised_units and not viewer.covers:
        raise Refused(_("單位台給督導和主管用。你的事都列在今日。"))
    return list(viewer.supervised_units or viewer.units)


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a decision here, and who could take it."""
    return desk_page(request)


@dataclass(frozen=True)
class Fault:
    """What a decision on one review lacked, and what had been typed with it."""

    review_id: UUID
    says: str
    typed: str


def desk_page(request: HttpRequest, fault: Fault | None = None, status: int = 422) -> HttpResponse:
    """The page of what waits; with a fault, the field that lacks something says so and nothing typed is lost.

    Where the review no longer waits, the words stand by themselves.
    """
    viewer, now = request.viewer, clock.now()
    units = units_of(viewer)
    unsigned = queries.unsigned(viewer, units)
    reviews = queries.reviews(viewer, units)
    offers = queries.offers(viewer, units)
    disputes = queries.disputes(viewer, units)
    load = queries.load(viewer, units[0])
    context = {
        "headline": headline(len(unsigned), len(reviews), sum(o.is_to_us for o in offers), len(disputes)),
        "dateline": words.long(now),
        "unsigned": [_unsigned(one) for one in unsigned],
        "reviews": [_review(one, fault) for one in reviews],
        "lost": fault if fault and fault.review_id not in {one.id for one in reviews} else None,
        "offers": [_offer(one) for one in offers],
        "disputes": [_dispute(one) for one in disputes],
        "load": [_load(one) for one in load],
        "people": [(one.worker_id, _pick(one)) for one in load],
        "standard": standard(viewer),
        "load_says": _says(load),
        "here": "/unit",
    }
    return render(request, "unit_desk/index.html", context, status=status if fault else 200)


@require_safe
@never_cache
def joint(request: HttpRequest) -> HttpResponse:
    """協力 that runs, on both sides."""
    units = units_of(request.viewer)
    rows = [_offer(one) for one in queries.joined(request.viewer, units)]
    reasons = forms_codes("ending.joining")
    return render(request, "unit_desk/joint.html", {"rows": rows, "reasons": reasons, "here": "/unit"})


@require_safe
@never_cache
def asked(request: HttpRequest, number: str) -> HttpResponse:
    """Requests of one matter that wait for an answer: where a worker enters what he heard."""
    matter = queries.matter_of(request.viewer, number)
    mine = queries.offers(request.viewer, list(request.viewer.units))
    rows = [_offer(one) for one in mine if one.number == matter.number]
    return render(request, "unit_desk/asked.html", {"rows": rows, "number": number, "here": "/today"})


@require_safe
def precedents(request: HttpRequest) -> HttpResponse:
    """裁定要旨 of the county: rulings without persons, by words and topic."""
    text = request.GET.get("q", "").strip()[:60]
    topics = dict(forms_codes("dispute.topics"))
    topic = request.GET.get("topic", "") if request.GET.get("topic", "") in topics else ""
    found = queries.dispute_precedents(request.viewer, text, topic)
    rows = [{"on": on, "topic": topics.get(code, code), "principle": principle} for on, code, principle in found]
    context = {"rows": rows, "q": text, "topic": topic, "topics": list(topics.items()), "here": "/unit"}
    return render(request, "unit_desk/precedents.html", context)


def headline(unsigned: int, reviews: int, offers: int, disputes: int) -> str:
    """2件指派等你簽收，3件送審等你看。"""
    said = []
    if unsigned:
        said.append(ngettext("%(n)d件指派等你簽收", "%(n)d件指派等你簽收", unsigned) % {"n": unsigned})
    if reviews:
        said.append(ngettext("%(n)d件送審等你看", "%(n)d件送審等你看", reviews) % {"n": reviews})
    if offers:
        said.append(ngettext("%(n)d件請求等回覆", "%(n)d件請求等回覆", offers) % {"n": offers})
    if disputes and not said:
        said.append(ngettext("%(n)d件爭議等裁定", "%(n)d件爭議等裁定", disputes) % {"n": disputes})
    return _("，").join(said[:2]) + _("。") if said else _("沒有等你決定的事。")


def standard(viewer: Viewer) -> int:
    """What a worker carries, for comparison; the county's own when it set one in the files."""
    return int(rulebook.book().value("load.per_worker").on(clock.today(), viewer.county).value)


def forms_codes(codelist: str) -> list[tuple[str, str]]:
    """(code, label) of a list today."""
    return list(forms.CodeField(codelist).choices)[1:]


def label_of(codelist: str, code: str) -> str:
    return dict(forms_codes(codelist)).get(code, code)


def _titled(whom: str, number: str, what: object) -> dict[str, str]:
    """陳小宇：移轄, with the number below; the number in front where nobody is named."""
    title = _("%(whom)s：%(what)s") % {"whom": whom or number, "what": what}
    return {"title": title, "number": number if whom else "", "object": about(whom, number)}


def _unsigned(one: queries.Unsigned) -> dict[str, Any]:
    return {
        "id": one.id, "href": page_of(one.kind, one.number), "since": one.effective_at,
        **_titled(one.whom, one.number, label_of("case.kind", one.sort) if one.sort else MatterKind(one.kind).label),
        "from": one.from_unit, "to": one.to, "unit_id": one.unit_id,
        "acting_since": one.acting_since.isoformat(), "to_worker_id": one.to_worker_id,
    }  # fmt: skip


def _review(one: queries.ReviewLine, fault: Fault | None) -> dict[str, Any]:
    wrong = fault if fault and fault.review_id == one.id else None
    return {
        "id": one.id, **_titled(one.whom, one.number, ReviewOf(one.of).label), "href": page_of(one.kind, one.number),
        "since": one.submitted_at, "who": one.submitted_by, "is_own": one.is_own, "needs_writing": one.needs_writing,
        "words": one.words, "fault": wrong.says if wrong else "", "typed": wrong.typed if wrong else "",
    }  # fmt: skip


def _offer(one: queries.OfferLine) -> dict[str, Any]:
    topic = label_of("joining.topics", one.topic) if one.topic else ""
    return {
        "id": one.id, **_titled(one.whom, one.number, OfferKind(one.kind).label), "from": one.from_unit,
        "to": one.to_unit, "topic": topic, "sent": one.sent_at, "due": one.answer_due_at, "to_us": one.is_to_us,
        "by_proxy": one.by_proxy, "until": one.until,
    }  # fmt: skip


def _dispute(one: queries.DisputeLine) -> dict[str, Any]:
    return {
        "id": one.id, **_titled(one.whom, one.number, label_of("dispute.topics", one.topic)),
        "by": one.filed_by, "claimed": one.claimed, "arbiter": one.arbiter, "due": one.ruling_due_at,
    }  # fmt: skip


def _load(one: queries.Load) -> dict[str, Any]:
    note = ""
    if one.away_until:
        note = _("請假到%(until)s，%(who)s代理") % {"until": words.day(clock.local(one.away_until).date()),
                                               "who": one.covered_by}  # fmt: skip
    return {
        "id": one.worker_id, "name": one.name, "n": one.matters, "reports": one.reports, "note": note,
        "bar": min(one.matters, 35),
    }  # fmt: skip


def _pick(one: queries.Load) -> str:
    away = _("・請假中") if one.away_until else ""
    return f"{one.name}・{_('%(n)d件') % {'n': one.matters}}{away}"


def _says(load: list[queries.Load]) -> str:
    if not load:
        return _("這個單位自己沒有社工。")
    mean = sum(one.matters for one in load) / len(load)
    return _("實際在職%(people)d人，平均%(mean).1f件。") % {"people": len(load), "mean": mean}


LIST_REASONS = dict(HandOverReason.choices)
