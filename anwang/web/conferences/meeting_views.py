"""Calling a meeting, its agenda and invitations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # cleaned data
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.cases.queries import page
from anwang.conferences import actions, queries, rules, words
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell.forms import Form

from . import forms
from .views import HERE


def call(request: HttpRequest) -> HttpResponse:
    """Call a meeting."""
    choices = {
        "sort": words.choices(rules.SORT), "chair_id": queries.workers_to_ask(request.viewer, public=True),
    }  # fmt: skip
    form = forms.CallForm(request.POST or None, choices=choices)
    sheet = Sheet(
        _("召集會議"), _("召集這場會議"), _("召集好了。請排議程、邀請人。"), reverse("conferences:index"),
        aside=(_("你是紀錄。要換人，請改派。"), _("主持和紀錄看得到兩側，不能正在服務相對人。")),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> str:
        planned = actions.Planned(**given | {"chair_id": UUID(given["chair_id"])})
        made = actions.call_meeting(planned=planned, by=request.viewer, at=clock.now())
        return queries.address(request.viewer, made.id)

    return fill(request, form, sheet, lambda given: reverse("conferences:meeting", args=[act(given)]), here=HERE)


def invite(request: HttpRequest, number: str) -> HttpResponse:
    """Invite somebody: an account, a unit, a guest."""
    found = queries.meeting(request.viewer, number)
    choices = {
        "worker_id": [("", "—"), *queries.workers_to_ask(request.viewer)],
        "unit_id": [("", "—"), *queries.units_to_ask(request.viewer)],
        "items": [(str(one.id), f"{one.place}　{one.title or one.parts[0].whom}") for one in found.items],
    }

    def act(given: dict[str, Any]) -> None:
        asked = actions.Asked(
            side=given["side"], worker_id=_id(given["worker_id"]), unit_id=_id(given["unit_id"]), guest=given["guest"],
            side_because=given["side_because"], items=[UUID(one) for one in given["items"]],
        )  # fmt: skip
        actions.invite(meeting_id=found.id, asked=asked, by=request.viewer, at=clock.now())

    aside = (_("被害人側的人看不到相對人的議案，反過來也一樣。"), _("沒有帳號的人，印他那一側的議程給他。"))
    return _of(request, found, forms.InviteForm(request.POST or None, choices=choices), _("邀請參加"),
               _("送出開會通知"), act, aside)  # fmt: skip


def topic(request: HttpRequest, number: str) -> HttpResponse:
    """A general topic on the agenda."""
    found = queries.meeting(request.viewer, number)

    def act(given: dict[str, Any]) -> None:
        actions.add_topic(meeting_id=found.id, by=request.viewer, at=clock.now(), **given)

    return _of(request, found, forms.TopicForm(request.POST or None), _("加一個報告或討論案"), _("排進議程"), act)


def own(request: HttpRequest, number: str) -> HttpResponse:
    """A file of the convening unit itself, by its number."""
    found = queries.meeting(request.viewer, number)

    def act(given: dict[str, Any]) -> None:
        case = page(request.viewer, given["case"].strip().upper())
        actions.add_own(meeting_id=found.id, file_id=case.id, because=given["because"], by=request.viewer,
                        at=clock.now())  # fmt: skip

    return _of(request, found, forms.OwnForm(request.POST or None), _("排入自己的案件"), _("排進議程"), act)


def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Propose a case for a meeting, from the case."""
    case = page(request.viewer, number)
    choices = {
        "sort": words.choices(rules.SORT, mark="families"), "to_unit_id": queries.convening_units(request.viewer),
    }  # fmt: skip
    sheet = Sheet(
        _("提到會議討論"), _("送出提案"), _("提案送出了。召集單位排入議程後，你會看到。"),
        reverse("cases:case", args=[number]),
        aside=(_("召集單位看得到案號和你寫的事由，看不到個案內容。"),),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        given |= {"to_unit_id": UUID(given["to_unit_id"])}
        actions.propose(file_id=case.id, by=request.viewer, at=clock.now(), **given)

    return fill(request, forms.ProposeForm(request.POST or None, choices=choices), sheet, act, case=case, here=HERE)


def answer(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """My own answer to an invitation."""
    sheet = Sheet(_("回覆開會通知"), _("送出回覆"), _("回覆好了。"), reverse("conferences:index"))

    def act(given: dict[str, Any]) -> None:
        actions.answer(invitation_id=invitation_id, by=request.viewer, at=clock.now(), **given)

    return fill(request, forms.AnswerForm(request.POST or None), sheet, act, here=HERE)


def answer_for(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """An answer by telephone or letter."""
    sheet = Sheet(_("代登回覆"), _("存下回覆"), _("記下了。"), _of_invitation(request, invitation_id))

    def act(given: dict[str, Any]) -> None:
        actions.answer_for(invitation_id=invitation_id, by=request.viewer, at=clock.now(), **given)

    return fill(request, forms.ProxyForm(request.POST or None), sheet, act, here=HERE)


def move(request: HttpRequest, number: str) -> HttpResponse:
    """Another time."""
    found = queries.meeting(request.viewer, number)
    initial = {"meets_at": found.meets_at, "ends_at": found.ends_at, "place": found.place}

    def act(given: dict[str, Any]) -> None:
        actions.move_meeting(meeting_id=found.id, by=request.viewer, at=clock.now(), **given)

    form = forms.MoveForm(request.POST or None, initial=initial)
    return _of(request, found, form, _("改期"), _("改到這個時間"), act, (_("改期後，請大家重新回覆。"),))


@require_POST
def take(request: HttpRequest, number: str, proposal_id: UUID) -> HttpResponse:
    """Put a proposal on the agenda."""
    found = queries.meeting(request.viewer, number)
    actions.take_proposal(meeting_id=found.id, proposal_id=proposal_id, by=request.viewer, at=clock.now())
    messages.success(request, _("排進議程了。"))
    return redirect("conferences:meeting", number)


@require_POST
def off(request: HttpRequest, number: str) -> HttpResponse:
    """Call it off."""
    found = queries.meeting(request.viewer, number)
    actions.call_off(meeting_id=found.id, by=request.viewer, at=clock.now())
    messages.success(request, _("會議取消了，成員不再看得到資料。"))
    return redirect("conferences:index")


@require_POST
def withdraw_part(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Take a file off the agenda."""
    actions.withdraw_part(part_id=part_id, by=request.viewer, at=clock.now())
    messages.success(request, _("從議程拿掉了。"))
    return redirect("conferences:index")


@require_POST
def withdraw(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Take a proposal back."""
    actions.withdraw_proposal(proposal_id=proposal_id, by=request.viewer, at=clock.now())
    messages.success(request, _("提案撤回了。"))
    return redirect("conferences:index")


@require_POST
def uninvite(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """He need not come."""
    back = _of_invitation(request, invitation_id)
    actions.withdraw_invitation(invitation_id=invitation_id, by=request.viewer, at=clock.now())
    messages.success(request, _("取消邀請了。"))
    return redirect(back)


def _of(
    request: HttpRequest, found: queries.MeetingPage, form: Form, title: str, go: str, act: Callable[..., object],
    aside: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    back = reverse("conferences:meeting", args=[found.number])
    sheet = Sheet(title, go, _("記下了。"), back, aside=(f"{found.sort}　{found.title}", found.when, *aside))
    return fill(request, form, sheet, act, here=HERE)


def _of_invitation(request: HttpRequest, invitation_id: UUID) -> str:
    number = queries.meeting_of(request.viewer, invitation_id)
    if not number:
        raise NotFound(_("查無這份開會通知。"))
    return reverse("conferences:meeting", args=[number])


def _id(value: str) -> UUID | None:
    return UUID(value) if value else None
