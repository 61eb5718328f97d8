"""Everybody with a post in the county, for the administration: whom it lets go, and what has to come first."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang.access.queries import headed
from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer
from anwang.directory.queries import units_of_county
from anwang.foundation.errors import Refused
from anwang.matters import queries

from .views import units_of


@require_safe
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """Who works in the county, unit by unit, with how much each holds; no matter is named."""
    viewer = request.viewer
    if not has(viewer, Permission.ADMINISTER):
        raise Refused(_("人員名冊給系統管理用。你單位的人列在移交與離職。"))
    found = seen_to(viewer)
    named = units_of_county(viewer.county)
    units = [(name, [one for one in found if one.unit_id == key]) for key, name in named]
    context = {"units": [one for one in units if one[1]], "n": len({one.worker_id for one in found})}
    return render(request, "unit_desk/people.html", context)


def seen_to(viewer: Viewer) -> list[queries.Load]:
    """Whose leaving this viewer sees to: of the units he signs for; a chief's of every unit below; else the county's.

    The administration sees to every post, whoever does no casework too.
    """
    if has(viewer, Permission.ADMINISTER):
        return queries.load(viewer, *(key for key, _name in units_of_county(viewer.county)), everyone=True)
    return queries.load(viewer, *_signed_for(viewer))


def _signed_for(viewer: Viewer) -> list[UUID]:
    units = units_of(viewer)
    return [*units[:1], *(unit.id for unit in headed(viewer) if unit.id != units[0])]
