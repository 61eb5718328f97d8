"""Hand-over lists, leaving, the roster with its gaps, leave and cover, contracts."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anwang import rulebook
from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.matters import actions, queries
from anwang.matters.holder import Holder
from anwang.matters.states import HandOverReason, MatterKind

from . import fields
from .posts import seen_to
from .views import LIST_REASONS, units_of

BOTH = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
def lists(request: HttpRequest) -> HttpResponse:
    """Lists that miss a signature (a worker signs his own here), and for supervisors whose matters could be listed."""
    viewer = request.viewer
    signs = bool(viewer.supervised_units)
    found = queries.lists(viewer, list(viewer.supervised_units or viewer.units))
    context = {
        "lists": [(one, LIST_REASONS[one.reason], _signatures(one, viewer)) for one in found],
        "load": seen_to(viewer) if signs else [],
        "signs": signs,
        "here": "/unit",
    }
    return render(request, "unit_desk/lists.html", context)


def _signatures(one: queries.ListLine, viewer: Viewer) -> list[tuple[str, str, str]]:
    """(do, for whom, the button) of each signature this viewer can give: his own, and those of his workers."""
    if one.given_at is None:
        own = one.giver_id is not None and one.giver_id == viewer.worker_id
        if own or one.from_unit_id in viewer.supervised_units:
            return [("give", "", _("簽名移交") if own else _("代%(who)s簽名移交") % {"who": one.giver})]
        return []
    found = []
    for key, name, unit, is_desk in one.waits_for:
        if key in viewer.acts_as or key in viewer.desks:
            found.append(("receive", "" if is_desk or key == viewer.worker_id else str(key), _("簽收")))
        elif unit in viewer.supervised_units and not is_desk:
            found.append(("receive", str(key), _("代%(who)s簽收") % {"who": name}))
    return found


@require_POST
def sign_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """The giver's or the receiver's signature; a supervisor signs for one of his workers."""
    now = clock.now()
    if request.POST.get("do") == "give":
        actions.give_list(list_id=list_id, at=now, by=request.viewer)
        messages.success(request, _("移交的簽名記下了。"))
    else:
        moved = actions.receive_list(list_id=list_id, at=now, by=request.viewer, for_worker_id=_worker(request))
        messages.success(request, _("簽收了，%(n)d件已經移交。") % {"n": moved})
    return redirect("unit_desk:lists")


@never_cache
@require_http_methods(BOTH)
def leaving(request: HttpRequest, worker_id: UUID) -> HttpResponse:
    """Write somebody's list, stand in for him, or let him go; for the administration the last alone."""
    viewer, now = request.viewer, clock.now()
    load = seen_to(viewer)
    person = next((one for one in load if one.worker_id == worker_id), None)
    if person is None:
        raise NotFound(_("查無這位在職的工作人員。"))
    unit = person.unit_id
    if request.method == "POST":
        return _leaving(request, worker_id, unit, now)
    context = {"person": person, "here": "/unit", "n": person.matters + person.reports}
    if not (viewer.supervised_units or viewer.covers):
        return render(request, "unit_desk/let_go.html", context)
    held = [
        (id_, number, MatterKind(kind).label, whom)
        for id_, number, kind, whom in queries.held_by(viewer, worker_id, unit)
    ]
    people = [(one.worker_id, one.name) for one in load if one.unit_id == unit and one.worker_id != worker_id]
    context |= {"held": held, "people": people, "reasons": HandOverReason.choices[:2]}
    return render(request, "unit_desk/leaving.html", context)


def _leaving(request: HttpRequest, worker_id: UUID, unit: UUID, now: datetime) -> HttpResponse:
    do, viewer = request.POST.get("do"), request.viewer
    if do == "stand_in":
        actions.stand_in(from_worker_id=worker_id, unit_id=unit, at=now, by=viewer)
        messages.success(request, _("都由你暫代了，清冊簽收後再交出去。"))
    elif do == "leave":
        actions.leave(worker_id=worker_id, at=now, by=viewer)
        messages.success(request, _("停用了。他不能再登入。"))
        if has(viewer, Permission.ADMINISTER):
            return redirect("unit_desk:people")
    else:
        reason = HandOverReason.MOVING if request.POST.get("reason") == "moving" else HandOverReason.LEAVING
        to = {
            UUID(name.removeprefix("to-")): Holder(unit, UUID(value))
            for name, value in request.POST.items()
            if name.startswith("to-") and value
        }
        actions.hand_over_list(
            from_worker_id=worker_id, unit_id=unit, to=to, reason=reason, effective_at=now, by=viewer
        )  # fmt: skip
        messages.success(request, _("清冊做好了，等雙方簽名。"))
    return redirect("unit_desk:lists")


@never_cache
@require_http_methods(BOTH)
def roster(request: HttpRequest) -> HttpResponse:
    """Who stands where, where nobody does, and who is away."""
    viewer, now = request.viewer, clock.now()
    units = units_of(viewer)
    days = str(rulebook.book().value("roster.looks_ahead").on(clock.today(), viewer.county).value)
    end = now + timedelta(days=int(days.split()[0]))
    people = queries.colleagues(viewer, units[0])
    desks, gaps = queries.desks_and_gaps(viewer, units, now, end)
    data = request.POST if request.method == "POST" else None
    shift = fields.Shift(data if data and "add_shift" in data else None, prefix="shift", people=people, desks=desks)
    absence = fields.Absence(data if data and "add_absence" in data else None, prefix="absence", people=people)
    if data is not None and _keep_roster(request, shift, absence):
        return redirect("unit_desk:roster")
    context = {
        "shifts": queries.shifts(viewer, units, now, end), "gaps": gaps,
        "absences": queries.absences(viewer, units, now), "shift": shift, "absence": absence, "here": "/unit",
        "desks": desks, "now": now,
    }  # fmt: skip
    return render(request, "unit_desk/roster.html", context, status=422 if shift.errors or absence.errors else 200)


def _keep_roster(request: HttpRequest, shift: fields.Shift, absence: fields.Absence) -> bool:
    try:
        if shift.is_bound and shift.is_valid():
            given = shift.cleaned_data
            actions.add_shift(
                desk_id=UUID(given["desk"]), worker_id=UUID(given["worker"]), rank=int(given["rank"]),
                starts_at=given["starts_at"], ends_at=given["ends_at"], by=request.viewer,
            )  # fmt: skip
            messages.success(request, _("排進值班表了。"))
            return True
        if absence.is_bound and absence.is_valid():
            given = absence.cleaned_data
            actions.add_absence(
                worker_id=UUID(given["worker"]), covered_by_id=UUID(given["covered_by"]), kind=given["kind"],
                starts_at=given["starts_at"], ends_at=given["ends_at"], by=request.viewer,
            )  # fmt: skip
            messages.success(request, _("請假和代理記下了。代理人的今日會看到這些事。"))
            return True
    except BadInput as error:
        (shift if shift.is_bound else absence).refuse(error)
    return False


@never_cache
@require_http_methods(BOTH)
def contracts(request: HttpRequest) -> HttpResponse:
    """Commissions: until when, how many matters, and the return at the end."""
    units = units_of(request.viewer)
    if request.method == "POST":
        made = actions.end_contract(contract_id=UUID(request.POST.get("contract", "")), by=request.viewer)
        messages.success(request, _("案件收回了，清冊等雙方簽名。") if made else _("這份契約已經處理過。"))
        return redirect("unit_desk:contracts")
    found = queries.contracts(request.viewer, units)
    return render(request, "unit_desk/contracts.html", {"rows": found, "now": clock.now(), "here": "/unit"})


def _worker(request: HttpRequest) -> UUID | None:
    text = request.POST.get("worker", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound(_("查無這位在職的工作人員。")) from None
