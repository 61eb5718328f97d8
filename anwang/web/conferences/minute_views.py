"""Held, written down, decided, confirmed, relayed, closed."""

from __future__ import annotations

from typing import Any  # cleaned data
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.conferences import actions, queries, rules, words
from anwang.foundation import clock
from anwang.web.cases.filling import Sheet, fill

from . import forms
from .meeting_views import _id, _of, _of_invitation
from .views import HERE


def held(request: HttpRequest, number: str) -> HttpResponse:
    """It was held, and who came how."""
    found = queries.meeting(request.viewer, number)
    asked = [(one.id, one.who) for one in found.invitations]
    form = forms.HeldForm(request.POST or None, asked=asked, ways=words.choices(rules.ATTENDANCE),
                          initial={"held_at": found.meets_at, "over_at": found.ends_at})  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        told = actions.Held(given["held_at"], given["over_at"], form.came())
        actions.hold(meeting_id=found.id, held=told, by=request.viewer, at=clock.now())

    return _of(request, found, form, _("記開會時間與出席"), _("存下出席"), act,
               (_("書面意見和沒來的人，之後要轉知決議。"),))  # fmt: skip


def minute(request: HttpRequest, number: str) -> HttpResponse:
    """A passage of the whole meeting, or of one part."""
    found = queries.meeting(request.viewer, number)
    part = _part(found, request.GET.get("part", ""))
    sections = words.choices(rules.SECTION, mark="family" if part else "general")
    form = forms.MinuteForm(request.POST or None, choices={"section": sections})

    def act(given: dict[str, Any]) -> None:
        actions.write_minute(meeting_id=found.id, part_id=part.id if part else None, by=request.viewer, at=clock.now(),
                             **given)  # fmt: skip

    if part:
        aside = (f"{part.whom}　{part.circle_words}", _("只有這一側的成員和這個案件的承辦人看得到。"))
    else:
        aside = (_("每位成員都看得到。不要寫個案姓名。"),)
    return _of(request, found, form, _("寫會議紀錄"), _("存下這一段"), act, aside)


def correct(request: HttpRequest, number: str, minute_id: UUID) -> HttpResponse:
    """Correct a passage, with the reason."""
    found = queries.meeting(request.viewer, number)
    said = [one for item in found.items for part in item.parts for one in part.minutes]
    text = next((one.text for one in (*found.minutes, *said) if one.id == minute_id), "")
    form = forms.CorrectForm(request.POST or None, initial={"text": text})

    def act(given: dict[str, Any]) -> None:
        actions.correct_minute(minute_id=minute_id, by=request.viewer, at=clock.now(), **given)

    return _of(request, found, form, _("更正會議紀錄"), _("存下更正"), act, (_("原來的文字會留著。"),))


def decide(request: HttpRequest, number: str) -> HttpResponse:
    """A decision of the whole meeting, or of one part."""
    found = queries.meeting(request.viewer, number)
    part = _part(found, request.GET.get("part", ""))
    form = forms.DecideForm(request.POST or None, choices=decide_choices(
        request, part.decisions if part else found.decisions), initial={"word": "resolution"})  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        decided = decided_of(given, part_id=part.id if part else None)
        actions.decide(source_id=found.id, decided=decided, by=request.viewer, at=clock.now())

    aside = (f"{part.whom}　{part.circle_words}",) if part else (_("整場會議的決議。不要寫個案姓名。"),)
    return _of(request, found, form, _("記一項決議"), _("存下決議"), act,
               (*aside, _("有主辦和期限的會列管，到期提醒主辦單位。")))  # fmt: skip


def relay(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Somebody who did not come is told."""
    sheet = Sheet(_("轉知決議"), _("存下轉知"), _("記下了。等對方回報收到。"), _of_invitation(request, invitation_id))

    def act(given: dict[str, Any]) -> None:
        actions.relay(invitation_id=invitation_id, by=request.viewer, at=clock.now(), **given)

    return fill(request, forms.HowForm(request.POST or None), sheet, act, here=HERE)


def received(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """He has it: by proxy with who said it; his own click needs no words."""
    back = _of_invitation(request, invitation_id)
    if request.method == "POST" and request.POST.get("own"):
        actions.acknowledge(invitation_id=invitation_id, by=request.viewer, at=clock.now())
        messages.success(request, _("記下你收到了。"))
        return redirect(back)
    sheet = Sheet(_("代登收到"), _("存下收到"), _("記下了。"), back)

    def act(given: dict[str, Any]) -> None:
        actions.acknowledge(invitation_id=invitation_id, by=request.viewer, at=clock.now(), **given)

    return fill(request, forms.ReceivedForm(request.POST or None), sheet, act, here=HERE)


@require_POST
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """The minutes stand."""
    found = queries.meeting(request.viewer, number)
    actions.confirm(meeting_id=found.id, by=request.viewer, at=clock.now())
    messages.success(request, _("紀錄確認了。沒有出席的人請轉知。"))
    return redirect("conferences:meeting", number)


@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    """The meeting is over."""
    found = queries.meeting(request.viewer, number)
    actions.close(meeting_id=found.id, by=request.viewer, at=clock.now())
    messages.success(request, _("會議結束了，決議繼續列管。"))
    return redirect(reverse("conferences:meeting", args=[number]))


def decide_choices(request: HttpRequest, above: tuple[Any, ...] = ()) -> dict[str, list[tuple[str, str]]]:
    """What a decision may name."""
    units = queries.units_to_ask(request.viewer)
    return {
        "word": words.choices(rules.WORD), "unit_id": [("", "—"), *units], "helping": units,
        "worker_id": [("", "—"), *queries.workers_to_ask(request.viewer)],
        "parent_id": [("", "—"), *((str(one.id), f"{one.number}　{one.text[:40]}") for one in above)],
    }  # fmt: skip


def decided_of(given: dict[str, Any], **more: Any) -> actions.Decided:
    """What a form of a decision said."""
    return actions.Decided(
        text=given["text"], word=given["word"], number=given["number"], unit_id=_id(given["unit_id"]),
        worker_id=_id(given["worker_id"]), parent_id=_id(given["parent_id"]),
        helping=[UUID(one) for one in given["helping"]], deliverable=given["deliverable"], due_on=given["due_on"],
        due_words=given["due_words"], **more,
    )  # fmt: skip


def _part(found: queries.MeetingPage, key: str) -> Any:
    return next((part for item in found.items for part in item.parts if str(part.id) == key), None)
