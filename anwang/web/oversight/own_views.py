"""What everybody sees of himself: his readings, what he is asked, whom he declared."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.foundation.errors import BadInput, Conflict
from anwang.oversight import actions, queries

from .forms import AnswerForm, RelativeForm


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The viewer's own readings of thirty days, after what he is asked."""
    return _mine(request)


@require_POST
@never_cache
def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Say why."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _mine(request, form=form, answering=question_id)
    actions.answer_question(question_id=question_id, text=form.cleaned_data["text"], by=request.viewer)
    messages.success(request, _("說明送到了。有結果會寫在這裡。"))
    return redirect("oversight:mine")


@never_cache
def relatives(request: HttpRequest) -> HttpResponse:
    """Declare oneself or a relative; from then on that record is closed to the viewer."""
    form = RelativeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.declare(by=request.viewer, **form.cleaned_data)
        except (BadInput, Conflict) as error:
            form.refuse(error if isinstance(error, BadInput) else BadInput(str(error), field="relation"))
        else:
            messages.success(request, _("申報好了。從現在起你看不到這個人的紀錄。"))
            return redirect("oversight:relatives")
    return render(request, "oversight/relatives.html", {"form": form, "declared": queries.declared(request.viewer)})


@require_POST
@never_cache
def end(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Take a declaration back."""
    actions.end_declaration(declaration_id=declaration_id, by=request.viewer)
    messages.success(request, _("這一筆申報結束了。"))
    return redirect("oversight:relatives")


def _mine(request: HttpRequest, form: AnswerForm | None = None, answering: UUID | None = None) -> HttpResponse:
    days = queries.mine(request.viewer)
    context = {
        "days": days, "count": sum(len(day.readings) for day in days), "asked": queries.asked_of_me(request.viewer),
        "form": form or AnswerForm(), "answering": answering,
    }  # fmt: skip
    context["waiting"] = sum(one.is_open for one in context["asked"])  # type: ignore[attr-defined]
    return render(request, "oversight/mine.html", context)
