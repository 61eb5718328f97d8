"""Where a matter is shown, whatever its kind."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang.matters import queries
from anwang.matters.states import MatterKind
from anwang.web.worklist.discharging import page_of


@require_safe
@never_cache
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """To the page of the matter; a placement stands on its case's."""
    return redirect(home_of(queries.held(request.viewer, number)))


def home_of(held: queries.Held) -> str:
    """Address of the page that shows the matter; who held it where there is none."""
    kind = MatterKind.CASE if held.kind == MatterKind.PLACEMENT else held.kind
    own = held.home_number != held.number or held.kind != MatterKind.PLACEMENT
    found = page_of(kind, held.home_number, held.family_number) if own else None
    return found or reverse("asking:starts", args=[held.number])
