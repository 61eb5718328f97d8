"""The closed list and what is done on it. Nothing here says whom a file is about."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.access.viewer import Viewer
from anwang.foundation import clock, days
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.matters.actions import restricting as actions
from anwang.matters.queries import restricting as queries

from .forms import RestrictForm


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Every restricted file that the viewer administers or may read."""
    found = queries.restricted(request.viewer)
    context = {
        "waiting": [one for one in found if one.state == "waiting"],
        "live": [one for one in found if one.state == "live"],
        "held": sum(one.state != "over" for one in found),
        "over": [one for one in found if one.state == "over"],
        "may_ask": bool(queries.asks_for(request.viewer)),
        "agrees": queries.agrees(request.viewer),
    }
    return render(request, "restricted/index.html", context)


@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Close a file: holds at once, for some days; longer when the chief agrees."""
    unit = queries.asks_for(request.viewer)
    if unit is None:
        raise NotFound()
    colleagues = queries.colleagues_to_name(request.viewer, unit)
    given = request.POST if request.method == "POST" else {"number": request.GET.get("number", "")}
    form = RestrictForm(given if request.method == "POST" else None, initial=given, colleagues=colleagues)
    if form.is_bound and form.is_valid():
        try:
            _restrict(form.cleaned_data, request.viewer)
        except BadInput as error:
            form.refuse(error)
        except Conflict as error:
            form.add_error("number", str(error))
        else:
            messages.success(request, _("設好了，現在起只有可閱人員看得到。請主管三天內同意。"))
            return redirect("restricted:index")
    return render(request, "restricted/new.html", {"form": form})


def _restrict(given: dict, by: Viewer) -> None:  # type: ignore[type-arg]  # what the form cleaned
    matter_id = queries.file_numbered(by, given["number"])
    if matter_id is None:
        raise BadInput(_("沒有這個案號，或不在你們單位手上。"), field="number")
    last: datetime = days.end_of_day(given["until"])
    actions.restrict(
        matter_id=matter_id, reason=given["reason"], until=last, readers=[UUID(one) for one in given["readers"]],
        by=by, at=clock.now(),
    )  # fmt: skip


@require_POST
def agree(request: HttpRequest, restriction_id: UUID) -> HttpResponse:
    """The chief agrees."""
    actions.agree_to_restriction(restriction_id=restriction_id, by=request.viewer, at=clock.now())
    messages.success(request, _("同意了，到期自動解除。"))
    return redirect("restricted:index")


@require_POST
def end(request: HttpRequest, restriction_id: UUID) -> HttpResponse:
    """No longer restricted."""
    actions.end_restriction(restriction_id=restriction_id, by=request.viewer, at=clock.now())
    messages.success(request, _("解除了，現在起照原來的權限。"))
    return redirect("restricted:index")


@never_cache
def readers(request: HttpRequest, restriction_id: UUID) -> HttpResponse:
    """Who may read: name another of the unit, take one out."""
    found = queries.restricted(request.viewer, restriction_id)
    if not found or not found[0].keeps:
        raise NotFound()
    if request.method == "POST":
        name, drop = request.POST.get("name", ""), request.POST.get("drop", "")
        act = actions.name_reader if name else actions.drop_reader
        act(restriction_id=restriction_id, worker_id=_worker(name or drop), by=request.viewer, at=clock.now())
        return redirect("restricted:readers", restriction_id=restriction_id)
    named = {key for key, _name in found[0].readers}
    others = [one for one in queries.colleagues_to_name(request.viewer, found[0].unit_id) if one[0] not in named]
    return render(request, "restricted/readers.html", {"r": found[0], "others": others})


def _worker(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadInput(_("找不到這位同仁。請從名單選。"), field="worker") from None
