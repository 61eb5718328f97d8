"""Requests for contents: asking, registering a letter, deciding, taking back, renewing."""

from typing import Any  # cleaned data of a form
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.disclosure import actions, policies, queries
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import BadInput

from .forms import DecideForm, LetterForm, RequestForm


@never_cache
def ask(request: HttpRequest, hit_id: UUID) -> HttpResponse:
    """The third step: a form, and the request."""
    policies.may_look(request.viewer).enforce()
    number = queries.look_of_step(request.viewer, hit_id)
    form = RequestForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.ask_contents(
                hit_id=hit_id, wanted=_wanted(form.cleaned_data), by=request.viewer, at=clock.now()
            )
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("送出了，由對方權責單位核可。"))
            return redirect("disclosure:request", number=made.number)
    context = {"form": form, "look_number": number}
    return render(request, "disclosure/ask.html", context, status=422 if form.errors else 200)


@never_cache
def letter(request: HttpRequest) -> HttpResponse:
    """代登來函."""
    policies.may_look(request.viewer).enforce()
    form = LetterForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        told = actions.Letter(given["agency"], given["letter_number"], given["purpose"], given["basis"])
        try:
            made = actions.register_letter(matter_number=given["matter_number"], letter=told, wanted=_wanted(given),
                                           by=request.viewer, at=clock.now())  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("登好了，由權責單位督導核可，再函復。"))
            return redirect("disclosure:request", number=made.number)
    return render(request, "disclosure/ask.html", {"form": form, "is_letter": True}, status=422 if form.errors else 200)


@require_safe
@never_cache
def request_page(request: HttpRequest, number: str) -> HttpResponse:
    """One request, for its asker and for the unit that decides."""
    return _page(request, number)


@require_POST
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Approve whole or in part, or refuse."""
    page = queries.request(request.viewer, number)
    form = DecideForm(request.POST, contents=page.contents)
    if form.is_valid():
        try:
            actions.decide_request(request_id=page.id, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("決定了，對方看得到。"))
            return redirect("disclosure:request", number=number)
    return _page(request, number, form=form)


@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take back what was asked, or what was granted."""
    page = queries.request(request.viewer, number)
    actions.withdraw_request(request_id=page.id, by=request.viewer, at=clock.now())
    messages.success(request, _("撤回了，從現在起讀不到。"))
    return redirect("disclosure:request", number=number)


@require_POST
def renew(request: HttpRequest, number: str) -> HttpResponse:
    """The same for a further term."""
    page = queries.request(request.viewer, number)
    form = RequestForm(request.POST)
    if form.is_valid():
        try:
            made = actions.renew(
                request_id=page.id, wanted=_wanted(form.cleaned_data), by=request.viewer, at=clock.now()
            )
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("送出了，由對方權責單位核可。"))
            return redirect("disclosure:request", number=made.number)
    return _page(request, number, renewing=form)


def _wanted(given: dict[str, Any]) -> actions.Wanted:
    return actions.Wanted(given["kind"], tuple(given["contents"]), given["reason"], given["until_on"])


def _page(
    request: HttpRequest, number: str, form: DecideForm | None = None, renewing: RequestForm | None = None
) -> HttpResponse:
    policies.may_enter(request.viewer).enforce()
    with held():
        page = queries.request(request.viewer, number)
        may = policies.may_decide(request.viewer, page.accountable_id, page.asked_by, page.is_letter)
        mine = page.asked_by == request.viewer.worker_id
        renews = mine and page.hit_id is not None and page.state in ("granted", "partly")
        context = {
            "r": page, "may_decide": bool(may) and page.state == "asked", "is_mine": mine,
            "form": form or DecideForm(contents=page.contents),
            "may_withdraw": (mine and page.state == "asked") or ((mine or bool(may)) and page.stands),
            "renewing": (renewing or RequestForm()) if renews else None,
        }  # fmt: skip
        bad = (form and form.errors) or (renewing and renewing.errors)
        return render(request, "disclosure/request.html", context, status=422 if bad else 200)
