"""What one looks at: the desk, a call, a submission, its letter on paper."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from anwang.documents import actions as documents
from anwang.documents.printing import ODT, PDF, printed
from anwang.submissions import actions, queries
from anwang.web.papers.letters import as_file

from .filling import HERE


def index(request: HttpRequest) -> HttpResponse:
    """What is due when, late first; extensions that wait for an answer; calls."""
    return render(request, "submissions/index.html", {"d": queries.desk(request.viewer), "here": HERE})


def call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """One call with its counties and its log of extensions."""
    return render(request, "submissions/call.html", {"c": queries.call_page(request.viewer, call_id), "here": HERE})


def submission(request: HttpRequest, number: str) -> HttpResponse:
    """One submission as far as I see it, with what may be done next."""
    found = queries.submission_page(request.viewer, number)
    if found.number != number:
        return redirect("submissions:submission", number=found.number)
    return render(request, "submissions/submission.html", {"s": found, "here": HERE})


def document(request: HttpRequest, number: str, document_id: UUID) -> HttpResponse:
    """An uploaded document for keeping; a browser shows none of it."""
    name, content = queries.document(request.viewer, number, document_id)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer


def paper(request: HttpRequest, number: str) -> HttpResponse:
    """核定函: looked at (GET), or as a file (POST, traced)."""
    found, sheet = queries.letter_sheet(request.viewer, number)
    form = request.POST.get("form")
    if request.method == "POST" and form in (ODT, PDF):
        with transaction.atomic():
            file = printed(sheet, form, documents.printing.printed_by(request.viewer))
            actions.note_printed(submission_id=found.id, form=form, by=request.viewer)
        return as_file(file)
    return render(request, "submissions/paper.html", {"s": found, "sheet": sheet, "here": HERE})
