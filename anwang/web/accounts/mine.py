"""One's own account: passkeys, password, app, recovery codes, and where it is open."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anwang.accounts import actions, doors, passkeys, policies, queries, totp
from anwang.accounts.states import Owes
from anwang.foundation import clock
from anwang.foundation.errors import BadInput

from . import gate, ways
from .forms import AppForm, PasswordForm
from .gate import open_while
from .site import site_of

FRESH = "fresh_totp"
"""In a session: the secret of an app that is being set up."""


@open_while("owes")
@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Everything one's account is entered by, and where it is open now."""
    return page(request)


def page(request: HttpRequest, *, password: PasswordForm | None = None) -> HttpResponse:
    """The page; with a form that could not be taken, its faults."""
    own = queries.own(request.viewer, request.session.session_key or "")
    owed = request.session.get(gate.OWES, "")
    may_review = bool(policies.may_review_accounts(request.viewer))
    context = {
        "own": own, "owed": str(Owes(owed).label) if owed else "", "password": password or PasswordForm(),
        "others": sum(not one.is_this for one in own.sittings), "is_demo": request.user.is_demo,
        "takes_passkeys": site_of(request).takes_passkeys,
        "home": f"http://localhost:{request.get_port()}/" if request.get_host().startswith("127.") else "",
        "review": queries.review(request.viewer) if may_review else None,
    }  # fmt: skip
    return render(request, "accounts/mine.html", context, status=422 if password and password.errors else 200)


@open_while("owes")
@never_cache
@require_POST
def passkey_made(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that the browser made."""
    made = new_passkey(request)
    actions.add_passkey(
        account_id=request.user.pk, made=made, label=request.POST.get("label", ""), by=request.viewer, at=clock.now()
    )
    return _done(request, _("通行金鑰加好了。下次登入直接用它。"))


def new_passkey(request: HttpRequest) -> passkeys.Made:
    """The passkey in the browser's answer to this session's challenge."""
    try:
        state = ways.taken(request, "make")
        return passkeys.made(site_of(request), state, ways.read(request.POST.get("passkey", "")))
    except BadInput as error:
        raise BadInput(_("這把通行金鑰沒有做成。請再試一次。")) from error


@open_while("owes")
@never_cache
@require_POST
def passkey_asked(request: HttpRequest) -> HttpResponse:
    """What the browser is told to make a passkey for this account."""
    policies.stepped_up(request.viewer).enforce()
    return told_to_make(request, request.user.pk, request.user.username, request.viewer.name)


def told_to_make(request: HttpRequest, account_id: UUID, username: str, name: str) -> HttpResponse:
    known = doors.passkeys_of(account_id)
    options, state = passkeys.ask_to_make(
        site_of(request), account_id=account_id, username=username, name=name, known=known
    )
    ways.keep(request, state, "make")
    return HttpResponse(json.dumps(options), content_type="application/json")


@never_cache
@require_POST
def passkey_removed(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    actions.remove_passkey(passkey_id=passkey_id, by=request.viewer, at=clock.now())
    messages.success(request, _("移除了。那把通行金鑰不能再登入。"))
    return redirect("accounts:mine")


@open_while("owes")
@never_cache
@sensitive_post_parameters("password", "again")
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session ends by it."""
    form = PasswordForm(request.POST)
    if form.is_valid():
        try:
            account = actions.change_password(
                account_id=request.user.pk, password=form.cleaned_data["password"], by=request.viewer, at=clock.now()
            )
        except BadInput as error:
            form.refuse(error)
        else:
            former = request.session.session_key or ""
            update_session_auth_hash(request, account)
            actions.move_sitting(former_key=former, session_key=request.session.session_key or "", by=request.viewer)
            actions.end_others(session_key=request.session.session_key or "", by=request.viewer, at=clock.now())
            return _done(request, _("密碼換好了。其他地方的登入都結束了。"))
    return page(request, password=form)


@open_while("owes")
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app: its picture, its secret, and the first code that it shows."""
    policies.stepped_up(request.viewer).enforce()
    secret = request.session.setdefault(FRESH, totp.fresh())
    form = AppForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.add_totp(
                account_id=request.user.pk, secret=secret, code=form.cleaned_data["code"], by=request.viewer,
                at=clock.now(),
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            del request.session[FRESH]
            return _done(request, _("驗證碼設好了。下次登入會問。"))
    address = totp.address(secret, request.user.username)
    context = {
        "form": form, "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)), "address": address,
        "picture": picture(address),
    }  # fmt: skip
    return render(request, "accounts/app.html", context, status=422 if form.errors else 200)


def picture(address: str) -> Any:
    """The address as a picture that a telephone reads: drawn here, with nothing a user wrote but his account's name."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=5, border=4, omitsize=True, svgclass="qr")
    return mark_safe(drawn)  # noqa: S308


@never_cache
@require_POST
def app_removed(request: HttpRequest) -> HttpResponse:
    actions.remove_totp(by=request.viewer, at=clock.now())
    messages.success(request, _("移除了。登入不再問驗證碼。"))
    return redirect("accounts:mine")


@open_while("owes")
@never_cache
@require_POST
def codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes: on the answer to this very request and on no other page."""
    made = actions.make_codes(account_id=request.user.pk, by=request.viewer, at=clock.now())
    return render(request, "accounts/codes.html", {"codes": made})


@open_while("owes")
@never_cache
@require_POST
def sitting_ended(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    actions.end_sitting(sitting_id=sitting_id, by=request.viewer, at=clock.now())
    messages.success(request, _("結束了。那裡要重新登入。"))
    return redirect("accounts:mine")


@open_while("owes")
@never_cache
@require_POST
def others_ended(request: HttpRequest) -> HttpResponse:
    n = actions.end_others(session_key=request.session.session_key or "", by=request.viewer, at=clock.now())
    messages.success(request, _("結束了%(n)d個其他地方的登入。") % {"n": n})
    return redirect("accounts:mine")


def _done(request: HttpRequest, said: str) -> HttpResponse:
    """Back to the account; what the session owed may be settled now."""
    messages.success(request, said)
    account = doors.account_of(request.user.pk)
    if request.session.get(gate.OWES):
        owed = doors.owes(account, doors.doors_of(account))
        if owed:
            request.session[gate.OWES] = owed
        else:
            del request.session[gate.OWES]
    return redirect("accounts:mine")
