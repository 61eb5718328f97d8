"""The bench of the privacy officers, one question, and whether the record holds."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.enactments.queries import held
from anwang.foundation.errors import BadInput
from anwang.oversight import actions, policies, queries

from .forms import AskForm, SettleForm


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """What waits, or what was settled; below it how much was explained. Who only keeps the machines sees the record."""
    policies.may_see_record(request.viewer).enforce()
    if not policies.is_reviewer(request.viewer):
        return redirect("oversight:record")
    settled = request.GET.get("show") == "settled"
    with held():
        is_well = all(one.is_well for one in queries.watch(request.viewer))
        context = {
            "bench": queries.bench(request.viewer, settled=settled), "figures": queries.figures(request.viewer),
            "settled": settled, "is_well": is_well, "sees_bench": True,
        }  # fmt: skip
        return render(request, "oversight/index.html", context)


@require_safe
@never_cache
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question."""
    return _page(request, question_id)


@require_POST
@never_cache
def ask(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Ask the reader why."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, question_id, ask_form=form)
    actions.ask_reader(question_id=question_id, text=form.cleaned_data["text"], by=request.viewer)
    messages.success(request, _("請他說明了。他在自己的查閱頁會看到。"))
    return redirect("oversight:question", question_id)


@require_POST
@never_cache
def settle(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Close it with an outcome and a reason."""
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, question_id, settle_form=form)
    try:
        actions.settle_question(question_id=question_id, by=request.viewer, **form.cleaned_data)
    except BadInput as error:
        form.refuse(error)
        return _page(request, question_id, settle_form=form)
    messages.success(request, _("結案了，結果和理由都留下來了。"))
    return redirect("oversight:index")


@require_safe
@never_cache
def record(request: HttpRequest) -> HttpResponse:
    """Whether the record holds; printed, it is a checkpoint for the drawer."""
    policies.may_see_record(request.viewer).enforce()
    found = queries.standing(request.viewer)
    context = {"record": found, "sees_bench": policies.is_reviewer(request.viewer)}
    return render(request, "oversight/record.html", context)


def _page(request: HttpRequest, question_id: UUID, **forms: object) -> HttpResponse:
    policies.may_see_questions(request.viewer).enforce()
    with held():
        page = queries.question(request.viewer, question_id)
        may_settle = policies.may_settle(request.viewer, page)
        context = {
            "q": page, "line": page.line, "ask_form": AskForm(), "settle_form": SettleForm(),
            "may_settle": bool(may_settle), "why_not": may_settle.reason,
            "may_ask": bool(policies.may_ask(request.viewer, page)), **forms,
        }  # fmt: skip
        return render(request, "oversight/question.html", context)
