"""Proving who is there: to go on behind a lock, or before a dangerous step. What was sent meanwhile goes on after."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anwang.access import entering
from anwang.access.proving import PROVED, stepped_up
from anwang.accounts import actions
from anwang.accounts.doors import doors_of
from anwang.foundation import clock
from anwang.web.shell import demo_cards, words

from . import gate, ways
from .forms import ProofForm
from .gate import open_while


def somebody(request: HttpRequest) -> Any:
    """The account at this session, locked or not; None when nobody is."""
    if getattr(request, "veiled", None) is not None:
        return request.veiled
    return request.user if request.viewer else None


@login_not_required
@never_cache
@open_while("veiled", "owes")
@require_http_methods(["GET", "HEAD", "POST"])
def veil(request: HttpRequest) -> HttpResponse:
    """The lock: seen, it asks who is there; sent (by the button or the page's own clock), it locks."""
    account = somebody(request)
    if account is None:
        return redirect("shell:login")
    if request.method == "POST":
        request.session[gate.VEILED] = True
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"veiled": True})
        return redirect(f"{request.path}?next={gate.carried(request)[0]}")
    if not request.session.get(gate.VEILED):
        return redirect(gate.carried(request)[0])
    return gate.page(request, account, veiled=True)


@login_not_required
@never_cache
@open_while("veiled", "owes")
@sensitive_post_parameters("password", "code")
@require_POST
def prove(request: HttpRequest) -> HttpResponse:
    """Take the proof; then the step that asked for it can be taken, with what had been sent."""
    account = somebody(request)
    if account is None:
        return redirect("shell:login")
    veiled = getattr(request, "veiled", None) is not None
    if until := entering.rests(account):
        return rested(request, until)
    form = ProofForm(request.POST, doors=doors_of(account), light=veiled)
    if not _is_proved(request, account, form):
        if request.POST.get("agency") == "1":
            form.add_error(None, _("還沒收到機關的確認。請先在另一頁登入。"))
            return gate.page(request, account, veiled=veiled, form=form)
        until = entering.refuse(account, "proof")
        if until is not None:
            return rested(request, until)
        form.add_error(None, _("對不上。請再試一次。"))
        return gate.page(request, account, veiled=veiled, form=form)
    if request.POST.get("agency") != "1":
        proved(request, account, light=veiled and "passkey" not in request.POST)
    target, fields = gate.carried(request)
    if not fields and request.POST.get("sends") != "1":
        return redirect(target)
    context = {"target": target, "fields": fields, "files": "files" in request.POST}
    return render(request, "accounts/go_on.html", context)


def _is_proved(request: HttpRequest, account: Any, form: ProofForm) -> bool:
    """By the passkey or his agency's log-in just now; else by every field there is. A demonstration's card is one."""
    if request.POST.get("card") == "1":
        return bool(account.is_demo and demo_cards.is_on())
    if request.POST.get("agency") == "1":
        return bool(stepped_up(request.viewer)) if request.viewer else False
    if answer := request.POST.get("passkey"):
        return ways.is_passkey_of(request, account, answer, "prove")
    if not form.is_valid() or not form.fields:
        return False
    given = form.cleaned_data
    if "password" in form.fields and not account.check_password(given["password"]):
        return False
    by = entering.AtTheDoor(account.worker_id)
    return "code" not in form.fields or bool(
        actions.take_code(account=account, code=given["code"], by=by, at=clock.now())
    )


def proved(request: HttpRequest, account: Any, *, light: bool) -> None:
    """The password alone opens the lock; dangerous steps take more than that."""
    if not light:
        request.session[PROVED] = int(clock.now().timestamp())
    gate.unveil(request.session)
    actions.note_proved(account_id=account.pk, by=entering.AtTheDoor(account.worker_id), at=clock.now())


def rested(request: HttpRequest, until: Any) -> HttpResponse:
    """Too many wrong proofs: whoever sits there is not believed any more."""
    logout(request)
    said = _("錯太多次，已經登出。帳號休息到%(until)s。") % {"until": words.instant(until)}
    return render(request, "accounts/rested.html", {"said": said}, status=403)


@never_cache
@open_while("owes")
@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """Somebody types on a page that asks nothing of us: the session is touched, and nothing else."""
    return HttpResponse(status=204)


@never_cache
@open_while("owes")
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Prove it now, before a step that a page's script takes by itself."""
    stepped_up(request.viewer).enforce()
    messages.success(request, _("確認好了，接下來幾分鐘不用再確認。"))
    return redirect("accounts:mine")


@login_not_required
@never_cache
@open_while("veiled", "owes")
@require_POST
def passkey_asked(request: HttpRequest) -> HttpResponse:
    """What the browser's own script hands to the passkey; the challenge is good once, for this session."""
    account = somebody(request)
    if account is None:
        return JsonResponse({}, status=403)
    return HttpResponse(json.dumps(ways.challenge(request, account, "prove")), content_type="application/json")
