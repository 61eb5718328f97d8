"""The plan on paper for one addressee: first looked at, then printed; both leave their trace."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anwang.access.states import Circle
from anwang.documents import actions
from anwang.documents.printing import Sheet
from anwang.foundation.errors import BadInput
from anwang.plans import queries
from anwang.plans.sheets import To, plan_sheet
from anwang.plans.states import Reader
from anwang.web.papers.letters import as_file

from .forms import PaperForm


def paper(request: HttpRequest, number: str) -> HttpResponse:
    """Whom it is for; then the sheet as he would get it."""
    given = request.POST if request.method == "POST" else request.GET if "reader" in request.GET else None
    form = PaperForm(given, choices=queries.choices(request.viewer, number))
    sheet = None
    if given is not None and form.is_valid():
        try:
            sheet, file_id, circle = plan_sheet(request.viewer, number, _to(form))
            if request.method == "POST":
                return _printed(request, sheet, file_id, circle)
        except BadInput as error:
            form.refuse(error)
            sheet = None
    context = {"form": form, "sheet": sheet, "number": number, "asked": given, "here": "/cases"}
    return render(request, "plans/paper.html", context)


def _printed(request: HttpRequest, sheet: Sheet, file_id: UUID, circle: str) -> HttpResponse:
    to = sheet.envelope[0][1]
    file = actions.print_sheet(
        sheet=sheet, form=request.POST.get("form", ""), file_id=file_id, what="plan", by=request.viewer,
        to=to, circle=circle,
    )  # fmt: skip
    return as_file(file)


def _to(form: PaperForm) -> To:
    said = form.cleaned_data
    reader = Reader(said["reader"])
    if reader == Reader.FAMILY:
        return To(reader, person_id=UUID(said["person"]) if said["person"] else None)
    return To(reader, name=said["name"].strip(), circle=said.get("circle") or Circle.NEUTRAL)
