"""What is done with a draft: opened, commented on, answered, handed on, approved, sent back, given up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.lab import actions, policies, queries
from anwang.lab.states import DraftState

from .forms import AnswerForm, BecauseForm, CommentForm
from .views import HERE, page

MOVES = {"open": actions.open_to_comment, "hand_on": actions.hand_on, "approve": actions.approve}
ENDS = {"back": actions.send_back, "withdraw": actions.withdraw}


@require_POST
@never_cache
def comment(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Say what one thinks of it."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return page(request, draft_id, comment=form)
    actions.comment(draft_id=draft_id, text=form.cleaned_data["text"], by=request.viewer, at=clock.now())
    messages.success(request, _("意見收到了。回覆會寫在下面。"))
    return redirect("lab:draft", draft_id)


@require_POST
@never_cache
def move(request: HttpRequest, draft_id: UUID, how: str) -> HttpResponse:
    """One step on: open it, hand it to the approvers, approve it."""
    if how not in MOVES:
        raise NotFound()
    found = MOVES[how](draft_id=draft_id, by=request.viewer, at=clock.now())
    said = {
        DraftState.OPEN: _("公開了，第一線現在可以提意見。"),
        DraftState.DECIDING: _("送核准了。") if how == "hand_on" else _("核准了，還要另一位。"),
        DraftState.ENACTED: _("兩位都核准了，到生效日自動適用。"),
    }
    messages.success(request, said[DraftState(found.state)])
    return redirect("lab:draft", draft_id)


@never_cache
def end(request: HttpRequest, draft_id: UUID, how: str) -> HttpResponse:
    """Sent back to its author, or given up: with a reason."""
    found = queries.draft(request.viewer, draft_id)
    if how not in ENDS or not policies.may_read(request.viewer, found):
        raise NotFound()
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            ENDS[how](draft_id=draft_id, because=form.cleaned_data["because"], by=request.viewer, at=clock.now())
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(
                request, _("退回了，提案的人看得到理由。") if how == "back" else _("不提了，草案和理由都留著。")
            )
            return redirect("lab:draft", draft_id)
    return render(request, "lab/because.html", {"here": HERE, "form": form, "draft": found, "how": how})


@never_cache
def answer(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Answer one comment: what becomes of it, and why."""
    draft_id, said = queries.comment(request.viewer, comment_id)
    if not policies.may_write(request.viewer, queries.draft(request.viewer, draft_id)):
        raise NotFound()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        actions.answer(
            comment_id=comment_id, taken=given["taken"], text=given["text"], by=request.viewer, at=clock.now()
        )
        messages.success(request, _("回覆了，提意見的人看得到。"))
        return redirect("lab:draft", draft_id)
    return render(request, "lab/answer.html", {"here": HERE, "form": form, "said": said, "draft_id": draft_id})
