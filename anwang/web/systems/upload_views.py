"""上傳清單: what must stand in the central database, what was done about it, and the sheet to type from."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.roc import PartialDate
from anwang.systems.policies import may_see_systems
from anwang.uploads import actions, policies, queries, sheets
from anwang.uploads.queries.listing import VIEWS
from anwang.uploads.words import kind
from anwang.web.shell import words
from anwang.web.shell.forms import Form

from .message_forms import FailedForm, UploadedForm

ODS = "application/vnd.oasis.opendocument.spreadsheet"


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The list in one view: open, late, failed or done; below it how late uploads were by month."""
    policies.may_see_uploads(request.viewer).enforce()
    with held():
        return render(request, "systems/uploads.html", _list(request))


def _list(request: HttpRequest) -> dict[str, Any]:
    show = _show(request.GET.get("show", ""))
    found = queries.uploads(request.viewer, show, words.lang())
    return {
        "found": found, "show": show, "lines": [(line, _kinds(line)) for line in found.lines],
        "total": found.count(show), "months": [(_month(one.month), one) for one in queries.lateness(request.viewer)],
        "views": [
            ("open", _("還沒上傳"), found.open), ("late", _("過期"), found.late), ("failed", _("沒成功"), found.failed),
            ("done", _("已上傳"), found.done),
        ],
        "may_upload": bool(policies.may_upload(request.viewer)), "sees_systems": _sees_systems(request),
        "sees_uploads": True,
    }  # fmt: skip


@require_safe
@never_cache
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One report or case: what is known of its uploads, and what may be noted."""
    return _page(request, number)


@require_POST
def uploaded(request: HttpRequest, number: str) -> HttpResponse:
    """It is in the central database."""
    form, said = UploadedForm(request.POST), _("記下了，%(number)s已上傳。")
    return _marked(request, number, form, actions.mark_uploaded, said) or _page(request, number, uploaded_form=form)


@require_POST
def failed(request: HttpRequest, number: str) -> HttpResponse:
    """It did not get there."""
    form, said = FailedForm(request.POST), _("記下了，%(number)s還在清單上。")
    return _marked(request, number, form, actions.mark_failed, said) or _page(request, number, failed_form=form)


def _marked(
    request: HttpRequest, number: str, form: Form, mark: Callable[..., object], said: str
) -> HttpResponse | None:
    """What became of an upload, noted, and the way back to the list; None where the form says what is wrong with it."""
    if not form.is_valid():
        return None
    try:
        mark(number=number, seen_at=_seen(request), by=request.viewer, **form.cleaned_data)
    except BadInput as error:
        form.refuse(error)
        return None
    messages.success(request, said % {"number": number})
    return redirect("systems:uploads")


@require_POST
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet to type from, as ODS or CSV. Downloading is reading, and leaves a trace."""
    made = actions.take_sheet(show=_show(request.POST.get("show", "")), by=request.viewer)
    is_csv = request.POST.get("form") == "csv"
    body = sheets.as_csv(made) if is_csv else sheets.as_ods(made, request.viewer.unit_name)
    name = escape_uri_path(f"上傳清單-{made.made_on}.{'csv' if is_csv else 'ods'}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return HttpResponse(body, content_type="text/csv; charset=utf-8" if is_csv else ODS, headers=headers)


def _page(request: HttpRequest, number: str, **forms: Any) -> HttpResponse:
    policies.may_see_uploads(request.viewer).enforce()
    with held():
        line = queries.owed_one(request.viewer, number, words.lang())
        kinds = _kinds(line)
    context = {
        "line": line, "kinds": kinds, "marks": queries.marks_of(request.viewer, line.id),
        "may_upload": bool(policies.may_upload(request.viewer)),
        "seen": request.POST.get("seen", clock.now().isoformat()),
        "uploaded_form": UploadedForm(), "failed_form": FailedForm(), **forms,
    }  # fmt: skip
    return render(request, "systems/upload.html", context)


def _seen(request: HttpRequest) -> datetime:
    """When the page was made that the contents were looked at with; now where that was lost."""
    try:
        found = datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        return clock.now()
    return min(found, clock.now()) if found.tzinfo else clock.now()


def _month(on: date) -> PartialDate:
    return PartialDate(on.year, on.month)


def _kinds(line: queries.UploadLine) -> str:
    return _("、").join(kind(one, line.obtained_at) for one in line.kinds)


def _show(asked: str) -> str:
    return asked if asked in VIEWS else VIEWS[0]


def _sees_systems(request: HttpRequest) -> bool:
    return bool(may_see_systems(request.viewer))
