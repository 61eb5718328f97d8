"""The administration's pages: who has an account, inviting, posts, closing, agencies' log-ins, the quarterly review."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anwang.accounts import actions, policies, queries
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound

from .forms import AgencyForm, AppointForm, InviteForm, PostForm

BOTH = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a post in the county: with an account, invited, or neither."""
    policies.may_keep_accounts(request.viewer).enforce()
    found = queries.people(request.viewer)
    context = {
        "people": found, "without": sum(not one.is_active for one in found), "review": queries.review(request.viewer),
        "agencies": queries.agencies(request.viewer),
    }  # fmt: skip
    return render(request, "accounts/people.html", context)


@require_safe
@never_cache
def person(request: HttpRequest, worker_id: UUID) -> HttpResponse:
    """One of them: posts, account, what he still holds, and what can be done."""
    return _person(request, worker_id)


def _person(request: HttpRequest, worker_id: UUID, *, form: Any = None, post: Any = None) -> HttpResponse:
    policies.may_keep_accounts(request.viewer).enforce()
    one = _one(request, worker_id)
    context = {
        "one": one, "held": queries.held(request.viewer, worker_id), "is_own": worker_id == request.viewer.worker_id,
        "form": form or _invite_form(request, one), "post": post or PostForm(units=queries.units(request.viewer)),
    }  # fmt: skip
    faulty = (form and form.errors) or (post and post.errors)
    return render(request, "accounts/person.html", context, status=422 if faulty else 200)


def _one(request: HttpRequest, worker_id: UUID) -> queries.PersonLine:
    found = queries.people(request.viewer, worker_id)
    if not found:
        raise NotFound(_("查無這位在職的工作人員。"))
    return found[0]


def _invite_form(request: HttpRequest, one: queries.PersonLine, data: Any = None) -> InviteForm:
    agencies = [(str(line.id), line.name) for line in queries.agencies(request.viewer)]
    return InviteForm(data, agencies=agencies, has_account=bool(one.username))


@never_cache
@require_POST
def invite(request: HttpRequest, worker_id: UUID) -> HttpResponse:
    """Invite him: link and code stand on the answer to this very request and on no other page."""
    one = _one(request, worker_id)
    form = _invite_form(request, one, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.invite(
                worker_id=worker_id, username=given.get("username", ""),
                agency_id=UUID(given["agency"]) if given.get("agency") else None, by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            link = request.build_absolute_uri(reverse("accounts:join", args=[made.link]))
            return render(request, "accounts/invited.html", {"one": one, "link": link, "code": made.code})
    return _person(request, worker_id, form=form)


@never_cache
@require_POST
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    actions.withdraw_invitation(invitation_id=invitation_id, by=request.viewer, at=clock.now())
    messages.success(request, _("邀請收回了。連結和號碼都不能用了。"))
    return redirect("accounts:people")


@never_cache
@require_http_methods(BOTH)
def appoint(request: HttpRequest) -> HttpResponse:
    """Somebody new."""
    policies.may_keep_accounts(request.viewer).enforce()
    form = AppointForm(request.POST if request.method == "POST" else None, units=queries.units(request.viewer))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            worker = actions.appoint(
                name=given["name"], name_en=given["name_en"], phone=given["phone"], unit_id=UUID(given["unit"]),
                role=given["role"], by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("任用記下了。接著邀請他設帳號。"))
            return redirect("accounts:person", worker)
    return render(request, "accounts/appoint.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_POST
def add_post(request: HttpRequest, worker_id: UUID) -> HttpResponse:
    form = PostForm(request.POST, units=queries.units(request.viewer))
    if form.is_valid():
        try:
            actions.add_post(
                worker_id=worker_id, unit_id=UUID(form.cleaned_data["unit"]), role=form.cleaned_data["role"],
                by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("職務加好了，馬上生效。"))
            return redirect("accounts:person", worker_id)
    return _person(request, worker_id, post=form)


@never_cache
@require_POST
def end_post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    actions.end_post(post_id=post_id, by=request.viewer, at=clock.now())
    messages.success(request, _("職務結束了，馬上生效。"))
    return redirect("accounts:people")


@never_cache
@require_POST
def close(request: HttpRequest, worker_id: UUID) -> HttpResponse:
    """Cut off at once; what he holds is handed over by his unit."""
    actions.close_account(worker_id=worker_id, by=request.viewer, at=clock.now())
    messages.success(request, _("帳號停用了。他的登入、金鑰、驗證碼都不能用了。"))
    return redirect("accounts:person", worker_id)


@never_cache
@sensitive_post_parameters("client_secret")
@require_http_methods(BOTH)
def new_agency(request: HttpRequest) -> HttpResponse:
    """Register an agency's own log-in."""
    policies.may_keep_accounts(request.viewer).enforce()
    form = AgencyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.register_agency(**form.cleaned_data, by=request.viewer, at=clock.now())
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("登記好了。邀請時可以選它。"))
            return redirect("accounts:people")
    back = request.build_absolute_uri(reverse("accounts:agency_back", args=["CODE"]))
    return render(request, "accounts/agency.html", {"form": form, "back": back}, status=422 if form.errors else 200)


@never_cache
@require_POST
def end_agency(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    n = actions.end_agency(agency_id=agency_id, by=request.viewer, at=clock.now())
    messages.success(request, _("停用了。綁定的%(n)d個帳號改用別的方式登入。") % {"n": n})
    return redirect("accounts:people")


@never_cache
@require_http_methods(BOTH)
def review(request: HttpRequest) -> HttpResponse:
    """The quarterly review: every account with its last use, posts and second factor; confirm, or end."""
    viewer = request.viewer
    policies.may_review_accounts(viewer).enforce()
    if request.method == "POST":
        return _reviewed(request)
    lines = queries.accounts(viewer)
    left = [one for one in lines if not one.found_at]
    context = {
        "review": queries.review(viewer), "left": left, "done": [one for one in lines if one.found_at],
        "own": viewer.worker_id, "may_keep": bool(policies.may_keep_accounts(viewer)),
        "shared": [one for one in lines if one.is_demo],
    }  # fmt: skip
    return render(request, "accounts/review.html", context)


def _reviewed(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    if ended := request.POST.get("end"):
        actions.end_in_review(account_id=_uuid(ended), by=request.viewer, at=now)
        messages.success(request, _("停用了，也記在這季的清查裡。"))
    else:
        chosen = [_uuid(text) for text in request.POST.getlist("account")]
        try:
            n = actions.keep_accounts(account_ids=chosen, by=request.viewer, at=now)
        except BadInput as error:
            messages.info(request, str(error))
        else:
            messages.success(request, _("%(n)d個帳號記下了：還在用，照舊。") % {"n": n})
    return redirect("accounts:review")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(_("查無這個帳號。")) from None
