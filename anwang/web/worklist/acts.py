"""What is done from today: each act is a POST that ends on the list again."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.cases.actions import decide_listing, write_note
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.intake.actions import end_when_nothing_is_owed
from anwang.matters import actions
from anwang.matters.queries import duty_row, matter_of

from . import fields
from .discharging import LISTED
from .views import duty_page, note_file, routine_form

TODAY = "worklist:today"


@require_POST
def cause(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """卡在哪裡. Blocks nothing."""
    chosen = request.POST.get("cause", "")[:40]
    if chosen:
        actions.say_why_late(duty_id=duty_id, cause=chosen, by=request.viewer)
        messages.success(request, _("記下了。督導看得到這個原因。"))
    else:
        messages.info(request, _("還沒有選原因。不選也可以，什麼都不會擋住。"))
    return redirect(TODAY)


@require_POST
def sign(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """簽收 in place."""
    actions.sign(assignment_id=assignment_id, at=clock.now(), by=request.viewer)
    messages.success(request, _("簽收了。下一步已經列在今日。"))
    return redirect(TODAY)


@require_POST
def finish(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Tick a step one set oneself; the next one is named in the same breath when the form says so."""
    form = fields.Step(request.POST, prefix="step")
    names_next = any(request.POST.get(f"step-{name}") for name in ("code", "due_at_day", "due_at_time"))
    if names_next and not form.is_valid():
        return duty_page(request, duty_id, step=form)
    row = duty_row(request.viewer, duty_id)
    now = clock.now()
    if names_next:
        given = form.cleaned_data
        try:
            actions.set_step(
                matter_id=row.matter_id, code=given["code"], due_at=given["due_at"], by=request.viewer, at=now
            )
        except BadInput as error:
            form.refuse(error)
            return duty_page(request, duty_id, step=form)
    if not (names_next and row.is_auto):
        actions.done(duty_id=duty_id, by=request.viewer, at=now)
        end_when_nothing_is_owed(duty_id=duty_id, by=request.viewer, at=now)
    messages.success(request, _("辦完了。下一步已經排好。") if names_next else _("辦完了。"))
    return redirect(TODAY)


@require_POST
def review(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """例行檢視, or a list to look at: the decision and the note in one; what nobody named a step for rests again."""
    row, now = duty_row(request.viewer, duty_id), clock.now()

    def act(given: dict[str, object]) -> None:
        if row.rule_id == LISTED:
            decide_listing(case_id=row.matter_id, decision=str(given["decision"]), by=request.viewer, at=now)
        else:
            actions.reviewed(duty_id=duty_id, by=request.viewer, at=now)
        if given["decision"] == "step":
            actions.set_step(
                matter_id=row.matter_id, code=given["code"], due_at=given["due_at"], by=request.viewer, at=now
            )
        if file := note_file(request.viewer, row):
            write_note(matter_id=file, text=given["note"], by=request.viewer, at=now)

    return _with(request, duty_id, "routine", routine_form(row), act, _("檢視完了，下一步已經排好。"))


@require_POST
def push(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Another date for a step no rule fixed."""

    def act(given: dict[str, object]) -> None:
        actions.push(duty_id=duty_id, due_at=given["due_at"], reason=given["reason"], by=request.viewer)

    return _with(request, duty_id, "push", fields.Push, act, _("改期了，理由留著。"))


@require_POST
def wait(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """It waits for somebody outside, until a day on which somebody asks."""

    def act(given: dict[str, object]) -> None:
        actions.wait_for(
            duty_id=duty_id, what=given["what"], ref=given["ref"], until=given["until"], by=request.viewer,
            at=clock.now(),
        )  # fmt: skip

    return _with(request, duty_id, "wait", fields.Wait, act, _("記下在等什麼了。到那一天會再提醒。"))


@require_POST
def excuse(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """免辦, by the supervisor."""

    def act(given: dict[str, object]) -> None:
        now = clock.now()
        actions.excuse(duty_id=duty_id, reason=given["reason"], by=request.viewer, at=now)
        end_when_nothing_is_owed(duty_id=duty_id, by=request.viewer, at=now)

    return _with(request, duty_id, "excuse", fields.Excuse, act, _("免辦了，理由留著。"))


@require_POST
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Name the next step of a matter from any page: posts `step-code` and `step-due_at_*`."""
    matter, form = matter_of(request.viewer, number), fields.Step(request.POST, prefix="step")
    if form.is_valid():
        given = form.cleaned_data
        actions.set_step(
            matter_id=matter.id, code=given["code"], due_at=given["due_at"], by=request.viewer, at=clock.now()
        )
        messages.success(request, _("下一步排好了。"))
        return redirect(TODAY)
    return duty_page(request, matter.next_duty_id, step=form)


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    form = fields.Remind(request.POST, prefix="remind")
    if form.is_valid():
        actions.remind_me(**form.cleaned_data, by=request.viewer)
        messages.success(request, _("記下了，只有你看得到。"))
    else:
        messages.error(request, form.faults[0].text)
    return redirect(TODAY)


@require_POST
def tick(request: HttpRequest, reminder_id: UUID) -> HttpResponse:
    actions.tick_reminder(reminder_id=reminder_id, by=request.viewer)
    return redirect(TODAY)


def _with(
    request: HttpRequest, duty_id: UUID, name: str, kind: type[fields.forms.Form],
    act: Callable[[dict[str, object]], None], said: str,
) -> HttpResponse:  # fmt: skip
    form = kind(request.POST, prefix=name)
    if form.is_valid():
        try:
            with transaction.atomic():
                act(form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, said)
            return redirect(TODAY)
    return duty_page(request, duty_id, **{name: form})
