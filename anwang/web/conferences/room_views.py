"""The urgent-case room: opened, spoken in, extended, sealed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # cleaned data
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.cases.queries import page
from anwang.conferences import actions, queries, rules, words
from anwang.foundation import clock
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell.forms import Form

from . import forms
from .meeting_views import _id
from .minute_views import decide_choices, decided_of
from .views import HERE


def new(request: HttpRequest, number: str) -> HttpResponse:
    """Open a room about a case."""
    case = page(request.viewer, number)
    choices = {"purpose": words.choices(rules.PURPOSE), "basis": words.choices(rules.BASIS)}
    form = forms.RoomForm(request.POST or None, choices=choices, initial={"ends_at": None})
    sheet = Sheet(
        _("開急案戰情室"), _("開啟戰情室"), _("開好了。請加成員，報請檢察官。"),
        reverse("cases:case", args=[number]),
        aside=(_("有立即危險，請先打110。"), _("成員只看得到戰情室，看不到個案。"), _("時間到就封存，不能再寫。")),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> str:
        asked = given.pop("prosecutor")
        members = [actions.Called(role="prosecutor", guest=asked)] if asked else []
        made = actions.open_room(case_id=case.id, wanted=actions.Wanted(members=members, **given), by=request.viewer,
                                 at=clock.now())  # fmt: skip
        return reverse("conferences:room", args=[queries.address(request.viewer, made.id)])

    return fill(request, form, sheet, act, case=case, here=HERE)


def room(request: HttpRequest, number: str) -> HttpResponse:
    """The room, with the lines to write in."""
    found = queries.room(request.viewer, number)
    form = forms.SayForm(choices={"member_id": _voices(found)}) if found.is_member else None
    return render(request, "conferences/room.html", {"here": HERE, "r": found, "form": form})


def say(request: HttpRequest, number: str) -> HttpResponse:
    """A message."""
    found = queries.room(request.viewer, number)

    def act(given: dict[str, Any]) -> None:
        actions.say(room_id=found.id, text=given["text"], member_id=_id(given["member_id"]), by=request.viewer,
                    at=clock.now())  # fmt: skip

    form = forms.SayForm(request.POST or None, choices={"member_id": _voices(found)})
    return _of(request, found, form, _("寫一則訊息"), _("寫進戰情室"), act)


def step(request: HttpRequest, number: str) -> HttpResponse:
    """A step: the police told, the prosecutor asked, what he does."""
    found = queries.room(request.viewer, number)

    def act(given: dict[str, Any]) -> None:
        actions.take_step(room_id=found.id, step=given["step"], text=given["text"], by=request.viewer, at=clock.now(),
                          member_id=_id(given["member_id"]))  # fmt: skip

    choices = {"member_id": _voices(found), "step": words.choices(rules.STEP)}
    form = forms.StepForm(request.POST or None, choices=choices)
    return _of(request, found, form, _("記一個處置"), _("存下處置"), act,
               (_("檢察官沒有帳號時，由你代他登錄。"), _("報請檢察官會同時記為該個案的通知。")))  # fmt: skip


def decide(request: HttpRequest, number: str) -> HttpResponse:
    """A decision of the room, tracked like a meeting's."""
    found = queries.room(request.viewer, number)
    form = forms.DecideForm(request.POST or None, choices=decide_choices(request, found.decisions),
                            initial={"word": "conclusion"})  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.decide(source_id=found.id, decided=decided_of(given), by=request.viewer, at=clock.now())

    return _of(request, found, form, _("記一項決議"), _("存下決議"), act)


def member(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody more."""
    found = queries.room(request.viewer, number)
    choices = {
        "role": words.choices(rules.ROOM_ROLE), "worker_id": [("", "—"), *queries.workers_to_ask(request.viewer)],
    }  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        called = actions.Called(role=given["role"], worker_id=_id(given["worker_id"]), guest=given["guest"])
        actions.add_member(room_id=found.id, called=called, by=request.viewer, at=clock.now())

    form = forms.MemberForm(request.POST or None, choices=choices)
    return _of(request, found, form, _("加一位成員"), _("請他進來"), act)


def extend(request: HttpRequest, number: str) -> HttpResponse:
    """A later end."""
    found = queries.room(request.viewer, number)

    def act(given: dict[str, Any]) -> None:
        actions.extend(room_id=found.id, by=request.viewer, at=clock.now(), **given)

    form = forms.ExtendForm(request.POST or None, initial={"until": found.ends_at})
    return _of(request, found, form, _("延長戰情室"), _("延到這個時間"), act)


def seal(request: HttpRequest, number: str) -> HttpResponse:
    """The end, with what came of it."""
    found = queries.room(request.viewer, number)

    def act(given: dict[str, Any]) -> None:
        actions.seal(room_id=found.id, by=request.viewer, at=clock.now(), **given)

    form = forms.SealForm(request.POST or None)
    return _of(request, found, form, _("結束並封存"), _("結束，成員不再看得到"), act)


@require_POST
def add_file(request: HttpRequest, number: str) -> HttpResponse:
    """A file for the members."""
    found = queries.room(request.viewer, number)
    sent = request.FILES.get("file")
    given = actions.Given(
        name=sent.name if sent else "", media_type=sent.content_type if sent else "", body=sent.read() if sent else b""
    )  # fmt: skip
    actions.add_file(room_id=found.id, given=given, by=request.viewer, at=clock.now())
    messages.success(request, _("放進戰情室了。"))
    return redirect("conferences:room", number)


@require_POST
def drop(request: HttpRequest, number: str, member_id: UUID) -> HttpResponse:
    """He reads the room no more."""
    actions.drop_member(member_id=member_id, by=request.viewer, at=clock.now())
    messages.success(request, _("他不再看得到戰情室。"))
    return redirect("conferences:room", number)


def read_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The bytes of a file, as a download."""
    found = actions.read_file(file_id=file_id, by=request.viewer)
    answer = HttpResponse(found.body, content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    return answer


def _voices(found: queries.RoomPage) -> list[tuple[str, str]]:
    """In whose name one may write: one's own, and guests without an account."""
    guests = [(str(one.id), f"{one.role}　{one.who}") for one in found.members if not one.has_account and not one.left]
    return [("", _("我自己")), *guests]


def _of(
    request: HttpRequest, found: queries.RoomPage, form: Form, title: str, go: str, act: Callable[..., object],
    aside: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    back = reverse("conferences:room", args=[found.number])
    sheet = Sheet(title, go, _("記下了。"), back, aside=(f"{found.purpose}　{found.whom}", found.ends, *aside))
    return fill(request, form, sheet, act, here=HERE)
