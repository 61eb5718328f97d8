"""The register, entering a paper, one paper with its attachments."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.documents import actions, policies, queries, requests
from anwang.documents.states import Direction, PaperState
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.uploads.policies import may_see_uploads

from .forms import AnswerForm, NumberForm, RegisterForm, SendForm


def index(request: HttpRequest) -> HttpResponse:
    """The register of my units, newest first; what waits for an answer, earliest first."""
    policies.may_use_register(request.viewer).enforce()
    show, text = request.GET.get("show", ""), request.GET.get("q", "").strip()[:60]
    number = request.GET.get("matter", "")[:20]
    found = queries.register(
        request.viewer,
        direction=show if show in Direction.values else "",
        text=text,
        waiting=show == "waiting",
        matter_id=queries.matter_of(request.viewer, number) if number else None,
    )
    waiting = found if show == "waiting" else queries.register(request.viewer, waiting=True)
    late = sum(line.is_late for line in waiting.lines)
    context = {
        "lines": found.lines,
        "total": found.total,
        "waiting": waiting.total,
        "late": late,
        "show": show,
        "q": text,
        "number": number,
        "may_see_uploads": bool(may_see_uploads(request.viewer)),
        "views": [("", _("全部")), ("in", _("收文")), ("out", _("發文")), ("waiting", _("等回覆"))],
    }
    return render(request, "papers/index.html", context)


def register(request: HttpRequest) -> HttpResponse:
    """Enter a paper that came or went."""
    policies.may_use_register(request.viewer).enforce()
    given = request.POST if request.method == "POST" else None
    form = RegisterForm(given, offices=queries.offices(request.viewer), initial=_known(request))
    if given is not None and form.is_valid():
        try:
            paper = actions.register_paper(by=request.viewer, **_entered(request, form.cleaned_data))
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("登記好了：%(number)s。") % {"number": paper.number})
            return redirect("papers:paper", paper_id=paper.id)
    return render(request, "papers/new.html", {"form": form})


def paper(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """One paper: its envelope, its letter where the viewer may read it, what can be done next."""
    return render(request, "papers/paper.html", page(request, paper_id))


def page(request: HttpRequest, paper_id: UUID, **forms: Any) -> dict[str, Any]:
    """The context of a paper's page; a form that was refused replaces its empty one."""
    line = queries.paper(request.viewer, paper_id)
    return {
        "p": line,
        "may_register": bool(policies.may_use_register(request.viewer)),
        "sheet": queries.preview(request.viewer, paper_id) if line.direction == Direction.OUT else None,
        "attachments": queries.attachments(request.viewer, paper_id),
        "printings": queries.printings(request.viewer, paper_id=paper_id),
        "asked": requests.waiting_offer(request.viewer, paper_id) if line.state == PaperState.SENT else None,
        "number_form": NumberForm(),
        "send_form": SendForm(),
        "answer_form": AnswerForm(),
        **forms,
    }


@require_POST
def attach(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Keep a file that came with the paper."""
    sent = request.FILES.get("body")
    if sent is None:
        raise BadInput(_("請選一個檔案。"), field="body")
    actions.attach(
        paper_id=paper_id,
        name=sent.name or "",
        media_type=sent.content_type or "application/octet-stream",
        body=sent.read(),
        by=request.viewer,
        at=clock.now(),
    )
    messages.success(request, _("附件存好了，一個位元都沒有改。"))
    return redirect("papers:paper", paper_id=paper_id)


@require_POST
def attachment(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """An attachment as it came; traced, and never opened inside the page."""
    file = queries.body(request.viewer, body_id)
    headers = {"Content-Disposition": 'attachment; filename="attachment"', "Cache-Control": "no-store"}
    return HttpResponse(file.body, content_type="application/octet-stream", headers=headers)


def _known(request: HttpRequest) -> dict[str, str]:
    return {"matter_number": request.GET.get("matter", "")[:20], "direction": request.GET.get("direction", "")[:3]}


def _entered(request: HttpRequest, given: dict[str, Any]) -> dict[str, Any]:
    number = given.pop("answers_number")
    unit = given.pop("other_unit")
    answers = queries.paper_numbered(request.viewer, number) if number else None
    return {**given, "other_unit_id": UUID(unit) if unit else None, "answers_id": answers}
