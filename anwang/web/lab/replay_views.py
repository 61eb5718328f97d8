"""A year counted again: asked for, how far it is, what it found."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.access.steering import NATION, standing
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.lab import actions, policies, queries

from .results import result
from .views import HERE

PAGES = {"report": "intake:report", "case": "cases:case"}
"""Pages of the files that examples number."""


@require_POST
@never_cache
def ask(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Have a year counted again under the draft as it stands."""
    found = actions.ask_replay(draft_id=draft_id, by=request.viewer, at=clock.now())
    messages.success(request, _("開始重算了，這一頁會自己更新。"))
    return redirect("lab:replay", found.id)


@require_safe
@never_cache
def replay(request: HttpRequest, replay_id: UUID) -> HttpResponse:
    """How far it is; then who changes side by county and group, the load, and examples for who may read them."""
    with held():
        found = queries.replay(request.viewer, replay_id)
        draft = queries.draft(request.viewer, found.draft_id)
        reach = standing(request.viewer).reach
        if not policies.may_see_replay(request.viewer, draft, at=reach):
            raise NotFound()
        own = "" if reach == NATION else request.viewer.county
        context = {"here": HERE, "r": found, "draft": draft, **result(found, draft, own)}
        if found.is_done:
            context["examples"] = [
                (number, context["groups"].get(kind, kind), reverse(PAGES[of], args=[number]) if of in PAGES else "")
                for number, of, kind in queries.examples(request.viewer, found)
            ]
        answer = render(request, "lab/replay.html", context)
        if found.is_going:
            answer.headers["Refresh"] = "3"
        return answer
