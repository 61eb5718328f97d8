"""The page of one person. Opening it is a reading; opening the closed door is another."""

from __future__ import annotations

from typing import Any  # what a template reads
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.access.states import Zone
from anwang.audit.actions import reading
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.people import actions, queries
from anwang.people.words import verdict_words
from anwang.web.families import files


def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who it is, what to beware of, where, how to reach, with whom, in which files."""
    return _page(request, person_id, {})


@require_POST
def open_safety(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One traced click for who reads the safety zone: the hiding place, on this answer only."""
    opened = queries.safety_address(request.viewer, person_id)
    return _page(request, person_id, {"opened": opened, "is_opened": True})


@require_POST
def open_name(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One traced click: the name behind a code, on this answer only."""
    queries.card(request.viewer, person_id)
    return _page(request, person_id, {"real_name": queries.name_behind_code(request.viewer, person_id)})


@require_POST
def decide(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """同一人／不是／還不確定 about another record; deciding again undoes."""
    try:
        other_id = UUID(request.POST.get("other", ""))
    except ValueError:
        raise BadInput(_("請選一筆資料。")) from None
    verdict = request.POST.get("verdict", "")
    found = {one.person_id: one for one in queries.candidates(request.viewer, person_id)}
    candidate = found.get(other_id)
    actions.decide_identity(
        person_id=person_id,
        other_id=other_id,
        verdict=verdict,
        reasons=candidate.codes if candidate else (),
        undoes_id=candidate.decision_id if candidate else None,
        by=request.viewer,
        at=clock.now(),
    )
    messages.success(request, _("記下了：%(verdict)s。想改隨時可以再判定。") % {"verdict": verdict_words(verdict)})
    return redirect("people:person", person_id)


def _page(request: HttpRequest, person_id: UUID, more: dict[str, Any]) -> HttpResponse:
    viewer = request.viewer
    card = queries.card(viewer, person_id)
    reading("people.person", by=viewer, file_id=person_id, zone=Zone.CASE)
    candidates = queries.candidates(viewer, person_id)
    found = files.files(viewer, person_id=person_id)
    context = {
        "card": card,
        "reach": queries.reach(viewer, card),
        "homes": queries.households(viewer, person_id),
        "kin": queries.kin(viewer, person_id),
        "families": queries.families_of(viewer, person_id),
        "files": found,
        "warned": next((one.warned for one in found if one.warned), None),
        "candidates": [one for one in candidates if one.decided != "apart"],
        "rejected": [one for one in candidates if one.decided == "apart"],
        "may_open_name": card.is_code and Zone.SPECIAL in card.zones,
        "here": "/people",
    }
    return render(request, "people/person.html", context | more)
