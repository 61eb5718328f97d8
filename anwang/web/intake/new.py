"""A new report: one screen, people added without script, the unfinished kept, the original attached."""

from __future__ import annotations

import hashlib
import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.intake import actions, policies
from anwang.intake.incoming import OriginalIn, ReportIn
from anwang.intake.queries.calls import CallForReport, call_for_report
from anwang.intake.queries.drafts import drafts
from anwang.intake.queries.numbers import number_of

from . import forms

MOST_PEOPLE = 20
LEFT_OUT = ("csrfmiddlewaretoken", "add", "keep", "draft")


def new(request: HttpRequest) -> HttpResponse:
    """Empty, from a call of the log, or from a draft; POST adds a person, keeps a draft, or files the report."""
    policies.may_take_report(request.viewer).enforce()
    if request.method == "POST":
        return _posted(request)
    data, call = None, request.GET.get("call", "")
    if draft := request.GET.get("draft"):
        data = actions.read_draft(draft_id=_uuid(draft), by=request.viewer)
        call = call or (data.get("call") or [""])[0]
    return _page(request, data, draft=draft or "", call=call)


def _posted(request: HttpRequest) -> HttpResponse:
    data = {name: request.POST.getlist(name) for name in request.POST if name not in LEFT_OUT}
    draft, call = request.POST.get("draft", ""), request.POST.get("call", "")
    if "add" in request.POST:
        data["people"] = [str(min(_count(data) + 1, MOST_PEOPLE))]
        return _page(request, data, draft=draft, call=call)
    if "keep" in request.POST:
        kept = actions.keep_draft(document=data, by=request.viewer, draft_id=_uuid(draft) if draft else None)
        messages.success(request, _("先存著了。只有你看得到，隨時回來寫完。"))
        return redirect(f"/reports/new?draft={kept.id}")
    return _file(request, data, draft, call)


def _file(request: HttpRequest, data: dict[str, list[str]], draft: str, call: str) -> HttpResponse:
    form, reporter, people = _forms(data, request)
    valid = [form.is_valid(), reporter.is_valid(), *(person.is_valid() for person in people)]
    if not all(valid) or _one_number_twice(people):
        return _page(request, data, draft=draft, call=call, bound=(form, reporter, people))
    given = form.cleaned_data
    upload = given["original"]
    originals = (OriginalIn(upload.read(), upload.content_type or "", upload.name),) if upload else ()
    report = ReportIn(
        received_at=given["received_at"],
        channel=given["channel"],
        narrative=given["narrative"],
        kinds=tuple(given["kinds"]),
        persons=tuple(person.person() for person in people if person.is_filled),
        reporter=reporter.reporter(),
        originals=originals,
        known_at=given["known_at"],
        unit_code=given["unit_code"],
        place=given["place"],
        urgency=form.urgency(),
    )
    try:
        filed = actions.receive_report(
            report=report, by=request.viewer, call_id=_uuid(call) if call else None, **_once(given["once"], data)
        )
    except (BadInput, Conflict, Refused) as error:
        form.refuse(error if isinstance(error, BadInput) else BadInput(error.message))
        request.undone = True
        return _page(request, data, draft=draft, call=call, bound=(form, reporter, people))
    if draft:
        actions.let_draft_go(draft_id=_uuid(draft), by=request.viewer)
    number = number_of(request.viewer, filed.id)
    late = _("這件標示為補登。") if filed.is_late_entry else ""
    messages.success(request, _("通報收下了，編號%(number)s。%(late)s") % {"number": number, "late": late})
    if policies.may_read(request.viewer, filed.id):
        return redirect("intake:report", number)
    return redirect("intake:new")


def _one_number_twice(people: list[forms.PersonForm]) -> bool:
    """One number for two people is a slip of the pen; kept all the same where somebody says that it stands so."""
    seen: dict[str, int] = {}
    for n, person in enumerate(people, 1):
        number = person.cleaned_data.get("national_id")
        is_kept = person.data.get(person.add_prefix("national_id_keep"))
        if number and number in seen and not is_kept:
            person.add_error(
                "national_id",
                _("第%(n)d個人也是這個號碼。請再對一次；證件上就是這樣，請勾「照原樣保留」。") % {"n": seen[number]},
            )
        seen.setdefault(number or "", n)
    return any(person.errors for person in people)


def _once(token: UUID | None, data: dict[str, list[str]]) -> dict[str, str]:
    """The same page sent twice is one report; sent again with other words it is another, and nothing is lost."""
    if token is None:
        return {}
    words = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    return {"sender": "form", "key": f"{token}-{words[:32]}"}


def _forms(
    data: dict[str, list[str]] | None, request: HttpRequest, came: CallForReport | None = None
) -> tuple[forms.ReportForm, forms.ReporterForm, list[forms.PersonForm]]:
    bound = _as_query(data) if data is not None else None
    files = request.FILES if request.method == "POST" else None
    people = [forms.PersonForm(bound, prefix=f"p{n}") for n in range(_count(data or {}))]
    known = {"received_at": came.received_at, "narrative": came.about} if came else {}
    return forms.ReportForm(bound, files, initial=known), forms.ReporterForm(bound, prefix="by"), people


def _as_query(data: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in data.items():
        query.setlist(name, values)
    return query


def _count(data: dict[str, list[str]]) -> int:
    given = (data.get("people") or ["2"])[0]
    return min(int(given), MOST_PEOPLE) if given.isascii() and given.isdigit() else 2


def _page(
    request: HttpRequest,
    data: dict[str, list[str]] | None,
    *,
    draft: str,
    call: str,
    bound: tuple[forms.ReportForm, forms.ReporterForm, list[forms.PersonForm]] | None = None,
) -> HttpResponse:
    came = call_for_report(request.viewer, _uuid(call)) if call else None
    form, reporter, people = bound or _forms(data, request, came)
    faulty = [one for one in (form, reporter, *people) if bound and one.errors]
    if bound is None and data is not None:
        _show_again(form, reporter, people)
    context = {
        "form": form,
        "reporter_form": reporter,
        "people": people,
        "count": len(people),
        "faulty": faulty,
        "draft": draft,
        "call": call,
        "came": came,
        "drafts": drafts(request.viewer),
        "now": clock.now(),
        "urgency": [form[name] for name, _label in forms.URGENCY],
    }
    return render(request, "intake/new.html", context, status=422 if faulty else 200)


def _show_again(form: forms.ReportForm, reporter: forms.ReporterForm, people: list[forms.PersonForm]) -> None:
    """What was typed so far, without complaining about what is not there yet."""
    for one in (form, reporter, *people):
        one._errors = {}


@require_POST
def drop(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    actions.let_draft_go(draft_id=draft_id, by=request.viewer)
    messages.success(request, _("草稿丟掉了。"))
    return redirect("intake:new")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadInput(_("網址不完整。請從值班台或受理台重新進入。")) from None
