"""Give a matter on within the unit, enter a commission, swap a shift, write down one's own leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters import actions, policies, queries
from anwang.matters.holder import Holder
from anwang.web.shell import forms

from . import fields
from .home import home_of

BOTH = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(BOTH)
def give_on(request: HttpRequest, number: str) -> HttpResponse:
    """改派 within the acting unit: at once, the receiver signs."""
    viewer, held = request.viewer, queries.held(request.viewer, number)
    matter = held.matter
    policies.may_reassign(viewer, matter, matter.acting_unit_id).enforce()
    if held.is_over:
        raise Refused(_("這件事已經結束，不用改派。"))
    load = {one.worker_id: one for one in queries.load(viewer, matter.acting_unit_id)}
    people = [
        (f"w{key}", _with_load(name, load.get(key)))
        for key, name in queries.colleagues(viewer, matter.acting_unit_id) if key != matter.acting_worker_id
    ]  # fmt: skip
    desk = queries.desk_of_unit(viewer, matter.acting_unit_id)
    if desk is not None and desk[0] != matter.acting_desk_id:
        people.append((f"d{desk[0]}", desk[1]))
    form = fields.GiveOn(request.POST or None, people=people, initial={"since": held.acting_since.isoformat()})

    def act(given: dict[str, Any]) -> None:
        what, key = given["to"][0], UUID(given["to"][1:])
        to = Holder(matter.acting_unit_id, **{"worker_id" if what == "w" else "desk_id": key})
        actions.reassign(
            matter_id=held.id, to=to, effective_at=given["at"], expected_since=_seen(given["since"], held), by=viewer
        )
        messages.success(request, _("改派了，交給%(who)s。") % {"who": dict(people)[given["to"]].partition("・")[0]})

    back = home_of(held) or reverse("worklist:today")
    context = {"title": _("改由誰處理？"), "go": _("改派，由他負責"), "held": held, "here": "/cases", "back": back}
    says = _("只在單位內。責任馬上過去，他要簽收。")
    return _fill(request, form, act, back, context | {"says": says})


def _with_load(name: str, load: queries.Load | None) -> str:
    """A colleague with what he carries and whether he is on leave: seen before he is chosen."""
    if load is None:
        return name
    return f"{name}・{_('%(n)d件') % {'n': load.matters}}{_('・請假中') if load.away_until else ''}"


@never_cache
@require_http_methods(BOTH)
def contract(request: HttpRequest) -> HttpResponse:
    """Enter a commission, for the authority's supervisor or chief."""
    viewer = request.viewer
    if not viewer.supervised_units and not viewer.covers:
        raise Refused(_("契約由權責機關的督導或主管處理。"))
    public, ngos = queries.parties_to_contract(viewer)
    mine = [one for one in public if one.id in viewer.supervised_units] or public
    form = fields.Contract(request.POST or None, authorities=mine, ngos=ngos, county=viewer.county)

    def act(given: dict[str, Any]) -> None:
        starts_at, ends_at = _midnight(given["starts_on"]), _midnight(given["last_on"]) + timedelta(days=1)
        if ends_at <= starts_at:
            raise BadInput(_("最後一天不能早於第一天。"), field="last_on")
        actions.open_contract(
            number=given["number"], authority_id=UUID(given["authority"]), ngo_id=UUID(given["ngo"]),
            service=given["service"], posts=given["posts"], starts_at=starts_at, ends_at=ends_at, by=viewer,
        )  # fmt: skip
        messages.success(request, _("契約登錄了，這段期間可以指派給他們。"))

    says = _("團體只執行，權責留在你們；到期那一刻全部收回。")
    context = {"title": _("登錄委託契約"), "go": _("登錄契約"), "says": says, "here": "/unit"}
    return _fill(request, form, act, reverse("unit_desk:contracts"), context)


@never_cache
@require_http_methods(BOTH)
def swap(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """換班 of a shift that has not begun."""
    viewer = request.viewer
    units = list(viewer.supervised_units or viewer.units)
    now = clock.now()
    found = queries.shifts(viewer, units, now, now + timedelta(days=400))
    shift = next((one for one in found if one.id == shift_id), None)
    if shift is None:
        raise NotFound(_("查無這個班次，或不是你們單位的。"))
    policies.may_keep_roster(viewer, shift.unit_id).enforce()
    people = [one for one in queries.colleagues(viewer, shift.unit_id) if one[1] != shift.worker]
    form = fields.Swap(request.POST or None, people=people)

    def act(given: dict[str, Any]) -> None:
        actions.swap_shift(shift_id=shift_id, worker_id=UUID(given["worker"]), by=viewer)
        messages.success(request, _("換好了。"))

    context = {"title": _("這一班換誰值？"), "go": _("換他值班"), "shift": shift, "here": "/unit"}
    return _fill(request, form, act, reverse("unit_desk:roster"), context)


@never_cache
@require_http_methods(BOTH)
def away(request: HttpRequest) -> HttpResponse:
    """My own leave: the cover sees my list in his, and nothing moves."""
    viewer = request.viewer
    if viewer.worker_id is None or viewer.unit_id is None:
        raise Refused(_("你現在沒有任職單位，不能登記請假。"))
    people = [one for one in queries.colleagues(viewer, viewer.unit_id) if one[0] != viewer.worker_id]
    form = fields.Away(request.POST or None, people=people)

    def act(given: dict[str, Any]) -> None:
        actions.add_absence(
            worker_id=viewer.worker_id, covered_by_id=UUID(given["covered_by"]), kind=given["kind"],
            starts_at=given["starts_at"], ends_at=given["ends_at"], by=viewer,
        )  # fmt: skip
        messages.success(request, _("請假和代理記下了。代理人的今日會看到這些事。"))

    says = _("責任不換人；代理人的今日會看到你的事。")
    context = {"title": _("你什麼時候不在？"), "go": _("記下請假和代理"), "says": says, "here": "/today"}
    return _fill(request, form, act, reverse("worklist:today"), context)


def _fill(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], None], to: str, context: dict[str, Any]
) -> HttpResponse:
    """Show the form; on a good answer act and go on. A refusal stays on the form, with what was typed."""
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        except (Refused, Conflict) as error:
            form.add_error(None, str(error))
        else:
            return redirect(to)
    return render(request, "asking/form.html", {**context, "form": form}, status=422 if form.errors else 200)


def _seen(text: str, held: queries.Held) -> datetime:
    """The instant the page showed; what it is now where the field was lost."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return held.acting_since


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=clock.TAIPEI)
