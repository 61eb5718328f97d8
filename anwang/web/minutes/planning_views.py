"""Bodies and series, a sitting to come: agenda, who is asked, papers; how they came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.minutes import actions, policies, queries
from anwang.web.cases.filling import Sheet, fill

from . import forms
from .filling import ask
from .tabs import tabs
from .views import HERE, one


def bodies(request: HttpRequest) -> HttpResponse:
    """Bodies whose sittings my unit keeps, with their series."""
    policies.may_steer(request.viewer).enforce()
    context = {"here": HERE, "tabs": tabs("minutes:bodies"), "bodies": queries.bodies(request.viewer)}
    return render(request, "minutes/bodies.html", context)


def found(request: HttpRequest) -> HttpResponse:
    """A new body."""
    policies.may_steer(request.viewer).enforce()
    units = queries.own_units(request.viewer)
    form = forms.BodyForm(
        request.POST or None, choices={"keeper": units}, initial={"keeper": units[0][0]} if units else {}
    )

    def act(given: dict[str, Any]) -> str:
        given["keeper_id"] = UUID(given.pop("keeper"))
        body = actions.found_body(by=request.viewer, at=clock.now(), **given)
        return reverse("minutes:series", args=[body.id])

    return _apart(request, form, _("新的會議體"), _("建立，接著寫會議名稱"), act)


def series(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """A new series of a body."""
    policies.may_steer(request.viewer).enforce()
    body = next((each for each in queries.bodies(request.viewer) if each.id == body_id), None)
    if body is None:
        raise NotFound(_("查無這個會議體。請從清單選。"))

    def act(given: dict[str, Any]) -> None:
        actions.begin_series(body_id=body_id, by=request.viewer, at=clock.now(), **given)

    initial = {"title": f"{body.name}第{{n}}次會議"}
    form = forms.NewSeriesForm(request.POST or None, initial=initial)
    return _apart(request, form, _("新的會議系列"), _("建立系列"), act, quoted=body.name)


def plan(request: HttpRequest) -> HttpResponse:
    """A sitting to come."""
    policies.may_steer(request.viewer).enforce()
    choices = queries.series_choices(request.viewer)
    initial = {"recorder": request.viewer.name, "series_id": choices[0][0] if len(choices) == 1 else ""}
    form = forms.PlanForm(request.POST or None, choices={"series_id": choices}, initial=initial)

    def act(given: dict[str, Any]) -> str:
        given["series_id"] = UUID(given["series_id"])
        made = actions.plan(by=request.viewer, at=clock.now(), **given)
        return reverse("minutes:sitting", args=[made.id])

    return _apart(request, form, _("籌備一次會議"), _("排定，接著排議程"), act, bodies=not choices)


def arrange(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Another day or place."""
    page = one(request, sitting_id)
    names = forms.ArrangeForm.base_fields
    form = forms.ArrangeForm(request.POST or None, initial={name: getattr(page, name) for name in names})

    def act(given: dict[str, Any]) -> None:
        actions.arrange(sitting_id=sitting_id, values=given, by=request.viewer, at=clock.now())

    return ask(request, page, form, _("改時間、地點與主持人"), _("改成這樣"), _("改好了。"), act)


def agenda(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """One more point."""
    page = one(request, sitting_id)
    form = forms.AgendaForm(request.POST or None, choices={"unit_id": _units(request)})

    def act(given: dict[str, Any]) -> None:
        given["unit_id"] = UUID(given["unit_id"]) if given["unit_id"] else None
        actions.add_item(sitting_id=sitting_id, by=request.viewer, at=clock.now(), **given)

    return ask(request, page, form, _("加一個議案"), _("排進議程"), _("排進議程了。"), act)


def guests(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Ask a unit."""
    page = one(request, sitting_id)
    form = forms.GuestForm(request.POST or None, choices={"unit_id": _units(request)}, initial={"attends": "member"})

    def act(given: dict[str, Any]) -> None:
        given["unit_id"] = UUID(given["unit_id"]) if given["unit_id"] else None
        actions.ask(sitting_id=sitting_id, by=request.viewer, at=clock.now(), **given)

    return ask(request, page, form, _("邀請單位"), _("列入出席單位"), _("列入了。"), act)


def came(request: HttpRequest, sitting_id: UUID, guest_id: UUID) -> HttpResponse:
    """How one of them came."""
    page = one(request, sitting_id)
    guest = next((each for each in page.guests if UUID(each.id) == guest_id), None)
    if guest is None:
        raise NotFound(_("查無這個單位。請從會議頁選。"))
    initial = {"came": guest.came, "who": guest.who, "instead": guest.instead}
    form = forms.CameForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        actions.note_came(attendance_id=guest_id, by=request.viewer, at=clock.now(), **given)

    return ask(request, page, form, _("怎麼出席"), _("記下出席"), _("記下了。"), act, quoted=guest.unit)


def papers(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """A paper for the agenda."""
    page = one(request, sitting_id)
    items = [(each.id, f"{each.label}　{each.title[:30]}") for each in page.items]
    sent = request.method == "POST"
    form = forms.PaperForm(
        request.POST if sent else None, request.FILES if sent else None,
        choices={"item_id": [("", _("整場會議")), *items]},
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        file = given["file"]
        if file.size > actions.LARGEST_PAPER:
            raise BadInput(_("檔案超過10MB。請分開放。"), field="file")
        actions.add_material(
            sitting_id=sitting_id, item_id=UUID(given["item_id"]) if given["item_id"] else None, name=file.name or "",
            media_type=file.content_type or "", content=file.read(), by=request.viewer, at=clock.now(),
        )  # fmt: skip

    return ask(request, page, form, _("放會議資料"), _("放進這次會議"), _("放好了。"), act)


@require_POST
def move(request: HttpRequest, sitting_id: UUID, item_id: UUID) -> HttpResponse:
    """One place up or down."""
    one(request, sitting_id)
    actions.move_item(item_id=item_id, up=request.POST.get("to") == "up", by=request.viewer, at=clock.now())
    return redirect("minutes:sitting", sitting_id)


@require_POST
def drop(request: HttpRequest, sitting_id: UUID, item_id: UUID) -> HttpResponse:
    """Off the agenda."""
    one(request, sitting_id)
    actions.drop_item(item_id=item_id, by=request.viewer, at=clock.now())
    messages.success(request, _("從議程拿掉了。"))
    return redirect("minutes:sitting", sitting_id)


@require_POST
def begin(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """It was held."""
    one(request, sitting_id)
    actions.begin(sitting_id=sitting_id, by=request.viewer, at=clock.now())
    messages.success(request, _("開過會了，可以寫紀錄。"))
    return redirect("minutes:sitting", sitting_id)


@require_POST
def off(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """It does not take place."""
    one(request, sitting_id)
    actions.call_off(sitting_id=sitting_id, by=request.viewer, at=clock.now())
    messages.success(request, _("會議取消了。"))
    return redirect("minutes:index")


def _units(request: HttpRequest) -> list[tuple[str, str]]:
    return [("", "—"), *queries.units_to_ask(request.viewer)]


def _apart(
    request: HttpRequest, form: Any, title: str, go: str, act: Any, **context: Any
) -> HttpResponse:  # fmt: skip
    """A form that belongs to no sitting yet."""
    back = reverse("minutes:bodies" if title != _("籌備一次會議") else "minutes:index")
    sheet = Sheet(title, go, _("建立好了。"), reverse("minutes:bodies"), template="minutes/form.html")
    return fill(request, form, sheet, act, here=HERE, back=back, **context)
