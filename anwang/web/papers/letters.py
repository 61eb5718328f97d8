"""A letter from draft to sent, on paper, and the answer that came to it."""

from typing import Any  # cleaned data of a form
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.access.viewer import Viewer
from anwang.cases import actions as cases
from anwang.documents import actions, policies, queries, requests
from anwang.documents.printing import Printed
from anwang.documents.states import PaperKind
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.intake.queries.telling import tells_reporter
from anwang.matters import actions as matters
from anwang.matters.states import AnsweredHow

from .forms import AnswerForm, LetterForm, NumberForm, SendForm
from .views import page

# Words of the register, whatever language the page is in.
ACCEPTED, DECLINED = "復移轄或協訪：接受", "復移轄或協訪：不接受"


def write(request: HttpRequest) -> HttpResponse:
    """擬函 for one side of a case."""
    policies.may_use_register(request.viewer).enforce()
    given = request.POST if request.method == "POST" else None
    number = (given or request.GET).get("matter_number" if given else "matter", "")[:20]
    people = queries.people_to_name(request.viewer, number)
    known = {"matter_number": number, "kind": request.GET.get("kind", ""), "to_unit": request.GET.get("to", "")}
    form = LetterForm(given, offices=queries.offices(request.viewer), people=people, initial=known)
    if given is not None and form.is_valid():
        asked = form.cleaned_data
        try:
            with transaction.atomic():
                paper_id = _drafted(request.viewer, asked)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("函稿好了。看過再取號。"))
            return redirect("papers:paper", paper_id=paper_id)
    return render(request, "papers/letter.html", {"form": form})


def _drafted(viewer: Viewer, asked: dict[str, Any]) -> UUID:
    """The draft; who reported is not told in it, by name or by number."""
    matter_id = queries.matter_of(viewer, asked["matter_number"])
    if tells_reporter(viewer, matter_id, asked["reason"]):
        raise BadInput(_("內容寫到通報人。請刪掉，需要時口頭說明。"), field="reason")
    paper = actions.write_letter(
        kind=PaperKind(asked["kind"]), matter_id=matter_id, to_unit_id=UUID(asked["to_unit"]), circle=asked["circle"],
        reason=asked["reason"], people=[UUID(one) for one in asked.get("people", ())], by=viewer, at=clock.now(),
    )  # fmt: skip
    return paper.id


@require_POST
def number(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """取號."""
    form = NumberForm(request.POST)
    if not form.is_valid():
        return render(request, "papers/paper.html", page(request, paper_id, number_form=form))
    actions.number_letter(paper_id=paper_id, by=request.viewer, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("取號了。列印、用印後再按發出。"))
    return redirect("papers:paper", paper_id=paper_id)


@require_POST
def send(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """發出."""
    form = SendForm(request.POST)
    if not form.is_valid():
        return render(request, "papers/paper.html", page(request, paper_id, send_form=form))
    with transaction.atomic():
        actions.send_paper(paper_id=paper_id, by=request.viewer, **form.cleaned_data)
        told = cases.letter_went_out(paper_id=paper_id, by=request.viewer)
    if told:
        messages.success(request, _("記下發出了，這次通知也記在案件裡。"))
        return redirect("papers:paper", paper_id=paper_id)
    messages.success(request, _("記下發出了。對方回文時，從這一頁登記。"))
    return redirect("papers:paper", paper_id=paper_id)


@require_POST
def void(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """作廢."""
    actions.void_paper(paper_id=paper_id, by=request.viewer, at=clock.now())
    messages.success(request, _("作廢了，文號不會再用。"))
    return redirect("papers:paper", paper_id=paper_id)


@require_POST
def print_(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """The letter as a file; printing is a reading."""
    return as_file(actions.print_paper(paper_id=paper_id, form=request.POST.get("form", ""), by=request.viewer))


@require_POST
def answer(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """代登: the answer of a unit without accounts, registered and told to the kernel together."""
    form, asked = AnswerForm(request.POST), requests.waiting_offer(request.viewer, paper_id)
    if asked is None:
        raise BadInput(_("這封函沒有在等回覆，或對方在系統上自己回。"))
    if form.is_valid():
        try:
            with transaction.atomic():
                _answered(request, paper_id, asked.offer_id, form)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("對方的回覆登記好了。"))
            return redirect("papers:paper", paper_id=paper_id)
    return render(request, "papers/paper.html", page(request, paper_id, answer_form=form))


def _answered(request: HttpRequest, paper_id: UUID, offer_id: UUID, form: AnswerForm) -> None:
    given = form.cleaned_data
    accept = given["accept"] == "yes"
    actions.register_answer(
        to_paper_id=paper_id, number=given["number"], dated_on=given["dated_on"],
        subject=ACCEPTED if accept else DECLINED, by=request.viewer, at=given["at"],
    )  # fmt: skip
    matters.answer_by_proxy(
        offer_id=offer_id, accept=accept, name=given["name"], how=AnsweredHow.LETTER, ref=given["number"],
        at=given["at"], by=request.viewer, reason=given["reason"],
    )  # fmt: skip


def as_file(file: Printed) -> HttpResponse:
    """A finished file for keeping; browsers and proxies keep nothing."""
    name = f"attachment; filename*=UTF-8''{escape_uri_path(file.name)}"
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return HttpResponse(file.body, content_type=file.media_type, headers=headers)
