"""One way to show a sheet, and to file it under a number for somebody outside the team."""

from __future__ import annotations

from typing import Any  # what a template reads
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anwang.documents import actions, policies
from anwang.documents.looks import printings
from anwang.documents.printing import Sheet
from anwang.foundation import clock
from anwang.foundation.errors import BadInput

from .forms import FileForm


def asks_print(request: HttpRequest) -> str:
    """The form asked for (odt, pdf); empty where nobody asked to print."""
    return request.POST.get("form", "") if request.method == "POST" else ""


def show(
    request: HttpRequest, sheet: Sheet, *, what: str, file_id: UUID, number: str, circle: str, template: str,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """GET looks at it; POST `to` drafts a paper with it. Whoever shows it prints it (`asks_print`), by name."""
    form = FileForm(request.POST if "to" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            paper = actions.file_sheet(
                sheet=sheet, what=what, matter_id=file_id, circle=circle, by=request.viewer, at=clock.now(),
                to=form.cleaned_data["to"], is_person=form.cleaned_data["is_person"],
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("擬成公文了。取號以後列印、發出。"))
            return redirect("papers:paper", paper_id=paper.id)
    context |= {
        "circle": circle,
        "sheet": sheet, "number": number, "file_form": form, "here": "/cases",
        "may_file": bool(policies.may_use_register(request.viewer)),
        "printings": printings(request.viewer, file_id=file_id),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)
