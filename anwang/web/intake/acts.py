"""What is done to a report from its page. Each act comes back to the page, or leaves a sentence and what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.intake import actions
from anwang.intake.incoming import OriginalIn
from anwang.intake.queries.numbers import named
from anwang.matters.holder import Holder

from . import forms, views

WHATS = ("validity", "screening", "grade", "class", "track", "jurisdiction")


def report_id(request: HttpRequest, number: str) -> UUID:
    """The report a form is about."""
    found = named(request.viewer, number)[0]
    if found is None:
        raise BadInput(_("查無這件通報。請確認編號。"))
    return found


def back(request: HttpRequest, number: str, act: Callable[[], object], said: str) -> HttpResponse:
    """Do it and come back; a refusal becomes a sentence on the page, with everything typed, and nothing half done."""
    try:
        with transaction.atomic():
            act()
    except (BadInput, Conflict, Refused) as error:
        request.undone = True
        return views.report(request, number, fault=str(error), typed=request.POST)
    messages.success(request, said)
    return redirect("intake:report", number)


def when(request: HttpRequest, name: str = "at") -> datetime:
    """The true time of an act: now, or what was typed (the telephone call at night, written next morning)."""
    day, time = request.POST.get(f"{name}_0", "").strip(), request.POST.get(f"{name}_1", "").strip()
    day, time = day or request.POST.get(f"{name}_day", "").strip(), time or request.POST.get(f"{name}_time", "").strip()
    return roc.parse_instant(day[:40], time[:40]) if day or time else clock.now()


def pair(request: HttpRequest) -> dict[str, Any]:
    person, _dot, kind = request.POST.get("pair", "").partition(".")
    try:
        return {"person_id": UUID(person), "kind": kind}
    except ValueError:
        raise BadInput(_("請選是哪一個人、哪一個案類。")) from None


@require_POST
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Answers to the questions of one pair, all its rules at once; advice is worked out again."""

    def act() -> None:
        about = pair(request) | {"report_id": report_id(request, number), "by": request.viewer, "at": clock.now()}
        for what in WHATS:
            given = {
                name.removeprefix(f"{what}-"): value
                for name, value in request.POST.items()
                if name.startswith(f"{what}-") and value
            }
            if given:
                actions.answer_questions(what=what, given=given, **about)

    return back(request, number, act, _("答案記下了，建議已重新算過。"))


@require_POST
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """The decisions chosen for one pair, each by itself; nothing that was left alone is decided."""

    def act() -> None:
        about = pair(request) | {"report_id": report_id(request, number), "by": request.viewer, "at": when(request)}
        phoned = request.POST.get("phoned_by", "")
        chosen = [what for what in WHATS if request.POST.get(what)]
        if not chosen:
            raise BadInput(_("還沒有選任何一項決定。"))
        for what in chosen:
            actions.decide(
                what=what,
                outcome=request.POST[what],
                reason=request.POST.get(f"why-{what}", ""),
                phoned_by=UUID(phoned) if phoned else None,
                **about,
            )

    return back(request, number, act, _("決定記下了，建議也一起留著。"))


@require_POST
def dispatch(request: HttpRequest, number: str) -> HttpResponse:
    """派案: the people ticked, to the worker or desk chosen, or into an open case.

    Asked for the other units it lists them, with everything chosen and typed so far, and does nothing.
    """
    if request.POST.get("units") == "all":
        return views.report(request, number, typed=request.POST)

    def act() -> None:
        chosen = request.POST.get("to", "")
        how, _dot, where = chosen.partition(".")
        to, join = None, None
        if how == "case":
            join = UUID(where)
        elif how in ("worker", "desk"):
            unit, _dot, holder = where.partition(".")
            key = "worker_id" if how == "worker" else "desk_id"
            to = Holder(UUID(unit), **{key: UUID(holder)})
        actions.dispatch(
            report_id=report_id(request, number),
            kind=request.POST.get("kind", ""),
            person_ids=[UUID(person) for person in request.POST.getlist("persons")],
            to=to,
            join_case_id=join,
            reason=request.POST.get("reason", ""),
            by=request.viewer,
            at=when(request),
        )

    return back(request, number, act, _("派案了。責任從那一刻起移轉，對方簽收。"))


@require_POST
def add_pair(request: HttpRequest, number: str) -> HttpResponse:
    def act() -> None:
        actions.add_pair(report_id=report_id(request, number), by=request.viewer, at=clock.now(), **pair(request))

    return back(request, number, act, _("列入這個案類了。"))


@require_POST
def add_person(request: HttpRequest, number: str) -> HttpResponse:
    form = forms.PersonForm(request.POST, prefix="p")

    def act() -> None:
        if not form.is_valid() or not form.is_filled:
            raise BadInput(form.faults[0].text if form.errors else _("請至少選角色。"))
        actions.add_to_report(
            report_id=report_id(request, number), person=form.person(), by=request.viewer, at=clock.now()
        )

    return back(request, number, act, _("加進這件通報了。"))


@require_POST
def same(request: HttpRequest, number: str) -> HttpResponse:
    """Same person, somebody else, or not sure yet."""

    def act() -> None:
        actions.say_who(
            report_id=report_id(request, number),
            person_id=UUID(request.POST.get("person", "")),
            other_id=UUID(request.POST.get("other", "")),
            verdict=request.POST.get("verdict", ""),
            reasons=[code for code in request.POST.get("codes", "").split(",") if code],
            by=request.viewer,
            at=clock.now(),
        )

    return back(request, number, act, _("記下了，可以再改。"))


@require_POST
def complete(request: HttpRequest, number: str) -> HttpResponse:
    """The written form of an oral report, or more that came in."""

    def act() -> None:
        upload = request.FILES.get("original")
        if upload is not None and upload.size > forms.MOST_BYTES:
            raise BadInput(_("檔案最大8MB。請分成幾個檔，或先傳最重要的一頁。"))
        originals = (OriginalIn(upload.read(), upload.content_type or "", upload.name),) if upload else ()
        actions.complete_report_form(
            report_id=report_id(request, number),
            text=request.POST.get("text", ""),
            originals=originals,
            is_the_form="is_form" in request.POST,
            by=request.viewer,
            at=when(request),
        )

    return back(request, number, act, _("補上了，原來的內容不變。"))


@require_POST
def tell(request: HttpRequest, number: str) -> HttpResponse:
    def act() -> None:
        actions.tell(
            report_id=report_id(request, number),
            notice=request.POST.get("notice", ""),
            to=request.POST.get("to", ""),
            number=request.POST.get("number", ""),
            by=request.viewer,
            at=when(request),
        )

    return back(request, number, act, _("通知記下了。"))


@require_POST
def take_over(request: HttpRequest, number: str) -> HttpResponse:
    """接手 from somebody who has gone home, or from a desk that nobody keeps."""

    def act() -> None:
        try:
            since = datetime.fromisoformat(request.POST.get("since", ""))
        except ValueError:
            raise BadInput(_("請從通報頁按接手。")) from None
        actions.take_over(
            report_id=report_id(request, number), by=request.viewer, at=clock.now(), expected_since=since
        )  # fmt: skip

    return back(request, number, act, _("你接手了，責任從現在起在你這裡。"))
