"""Today, and one duty with everything that can be done about it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang.access.viewer import Viewer
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.matters.queries import MOST, DutyRow, duty_row, held, margin, worklist
from anwang.matters.states import MatterKind
from anwang.web.shell import forms as shell_forms
from anwang.web.shell import words

from . import alarms, answers, fields, rows
from .discharging import LISTED, page_of


@require_safe
@never_cache
def today(request: HttpRequest) -> HttpResponse:
    """Mine, or (`?of=unit`) everything of the units I supervise; after the week only the next few, or (`?all`) all."""
    viewer, now = request.viewer, clock.now()
    of_unit = request.GET.get("of") == "unit" and bool(viewer.supervised_units)
    found = worklist(viewer, of_unit=of_unit, until=None if "all" in request.GET else rows.week_of(now))
    groups, causes = rows.grouped(found, now, viewer)
    beside = margin(viewer)
    covered = sorted({row.owner for row in found.rows if row.worker_id in viewer.covers})
    context = {
        "headline": rows.headline(found.rows, now, len(beside.signing)),
        "signing": [rows.signing(one) for one in beside.signing],
        "dateline": words.long(now),
        "alarm_lines": alarms.lines(viewer),
        "groups": groups,
        "causes": causes,
        "of_unit": of_unit,
        "may_see_unit": bool(viewer.supervised_units),
        "count": "200+" if found.total > MOST else str(found.total),
        "more": len(found.rows) > MOST,
        "waiting": [one for group in groups for one in group["duties"] if one["is"] == "paused"],
        "answered": answers.lines(beside.answers),
        "covered": _("、").join(covered),
        "covers": len(viewer.covers),
        "reminders": beside.reminders,
        "remind": shell_forms.blank(fields.Remind, "remind"),
    }
    return render(request, "worklist/today.html", context)


@require_safe
@never_cache
def duty(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """One step: done, next step, another date, waiting, excused."""
    return duty_page(request, duty_id)


def note_file(viewer: Viewer, row: DutyRow) -> UUID | None:
    """Where a note about this step is kept: its case or coordination, a placement's case; a report keeps none."""
    if row.kind == MatterKind.PLACEMENT:
        return held(viewer, row.number).matter.arose_from_id
    return row.matter_id if row.kind in (MatterKind.CASE, MatterKind.COORDINATION) else None


def routine_form(row: DutyRow) -> type[fields.Routine]:
    """The form of a routine review; without the note where none is kept."""
    if row.rule_id == LISTED:
        return fields.Listed
    keeps = row.kind in (MatterKind.CASE, MatterKind.COORDINATION, MatterKind.PLACEMENT)
    return fields.Routine if keeps else fields.RoutineWithoutNote


def asks_decision(row: DutyRow) -> bool:
    """Whether it is done by looking and deciding on the duty's own page."""
    return row.is_auto or row.rule_id == LISTED


def duty_page(request: HttpRequest, duty_id: UUID, **bound: fields.forms.Form) -> HttpResponse:
    """The page of one duty; `bound` holds a form that was not accepted, under its name."""
    row, rules = duty_row(request.viewer, duty_id), book()
    own = row.rule_id.startswith(rows.MANUAL) or row.is_auto
    known = rows.causes(rules)
    context = {
        "d": rows.shown(row, rows.Reader.here(request.viewer, rules, dict(known), clock.now())),
        "row": row,
        "own": own,
        "may_excuse": bool(request.viewer.supervised_units),
        "causes": known,
        "matter_href": page_of(row.kind, row.number, row.family_number),
        "routine": bound.get("routine") or (routine_form(row)(prefix="routine") if asks_decision(row) else None),
        "listed": row.rule_id == LISTED,
        "step": bound.get("step") or fields.Step(prefix="step"),
        "push": bound.get("push") or fields.Push(prefix="push"),
        "wait": bound.get("wait") or fields.Wait(prefix="wait"),
        "excuse": bound.get("excuse") or fields.Excuse(prefix="excuse"),
    }
    return render(request, "worklist/duty.html", context, status=422 if bound else 200)
