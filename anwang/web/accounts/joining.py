"""An invitation accepted: its link, its code, then a passkey, a password, or the agency's own log-in."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anwang.access import entering
from anwang.accounts import actions, invited
from anwang.accounts.states import How
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound

from . import mine, ways
from .agency import JOINING
from .forms import JoinForm, PasswordForm
from .site import site_of

GOOD_FOR = 15 * 60


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, link: str) -> HttpResponse:
    """The link, once; then the code that was told by another way."""
    row = actions.invitation_of(link, clock.now())
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by = entering.AtTheDoor(row.worker_id)
        found = actions.try_code(link=link, code=form.cleaned_data["code"], by=by, at=clock.now())
        if found is not None:
            request.session.flush()
            request.session[JOINING] = {"invitation": str(found), "until": int(time.time()) + GOOD_FOR}
            return redirect("accounts:begin")
        form.add_error("code", _("號碼對不上。請和邀請你的人再核對一次。"))
    return render(request, "accounts/join.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Choose how to come in from now on."""
    about = _about(request)
    form = PasswordForm(request.POST if request.method == "POST" and "passkey" not in request.POST else None)
    if "passkey" in request.POST:
        return _with_passkey(request, about)
    if form.is_bound and form.is_valid():
        try:
            return _with_password(request, about, form.cleaned_data["password"])
        except BadInput as error:
            form.refuse(error)
    context = {"form": form, "about": about, "takes_passkeys": site_of(request).takes_passkeys}
    return render(request, "accounts/begin.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_POST
def passkey_asked(request: HttpRequest) -> HttpResponse:
    """What the browser is told to make a passkey for the invited."""
    about = _about(request)
    return mine.told_to_make(request, about.worker_id, about.username, about.name)


def _with_passkey(request: HttpRequest, about: Any) -> HttpResponse:
    made, now, by = mine.new_passkey(request), clock.now(), entering.AtTheDoor(about.worker_id)
    account = actions.accept(invitation_id=about.id, by=by, at=now)
    actions.add_passkey(account_id=account.pk, made=made, label=request.POST.get("label", ""), by=by, at=now)
    return _in(request, account, How.PASSKEY)


def _with_password(request: HttpRequest, about: Any, password: str) -> HttpResponse:
    now, by = clock.now(), entering.AtTheDoor(about.worker_id)
    with transaction.atomic():  # a password that is not taken leaves the invitation as it was
        account = actions.accept(invitation_id=about.id, by=by, at=now)
        account = actions.put_password(account_id=account.pk, password=password, by=by, at=now)
    return _in(request, account, How.PASSWORD)


def _in(request: HttpRequest, account: Any, how: str) -> HttpResponse:
    request.session.pop(JOINING, None)
    ways.come_in(request, account, how)
    return redirect("accounts:mine")


def _about(request: HttpRequest) -> Any:
    joining = request.session.get(JOINING)
    found = invited.about(UUID(joining["invitation"]), clock.now()) if joining else None
    if found is None or joining["until"] < time.time():
        raise NotFound(_("這份邀請不能用了。請系統管理人員再邀請你一次。"))
    return found
