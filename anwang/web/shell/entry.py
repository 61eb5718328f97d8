"""The pages of log-in and log-out: a passkey alone, or a password and then the second factor."""

import json
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.forms import PasswordInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anwang.access import entering
from anwang.accounts import actions
from anwang.accounts.doors import account_of, doors_of
from anwang.accounts.states import How
from anwang.foundation import clock
from anwang.web.accounts import agency, ways
from anwang.web.accounts.forms import CodeForm
from anwang.web.accounts.gate import open_while
from anwang.web.accounts.site import site_of

from . import demo_cards, forms, words

HALF, HALF_GOOD_FOR = "half", 5 * 60
"""In a session: the account whose password was right, until when its second factor is waited for, and where to."""
WRONG = _("帳號或密碼不對。請再試一次；忘記密碼請洽系統管理人員。")
LOCKED = _("錯太多次，這個帳號休息到%(until)s。急事請洽值班督導。")
OFTEN = _("這裡試太多次了。請過幾分鐘再試；急事請洽值班督導。")


class LogIn(forms.Form):
    """A wrong password is not sent back to the page."""

    keeps_all = False
    username = forms.TextField(label=_("帳號"), max_length=60)
    password = forms.TextField(label=_("密碼"), max_length=256, strip=False, widget=PasswordInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            given["account"] = admitted(given["username"], given["password"])
        return given


def admitted(username: str, password: str) -> Any:
    """The account, or ValidationError: for an unknown name as for a wrong password, in words and in time."""
    came = entering.admit(username=username, password=password, demo=demo_cards.is_on())
    if came.rests_until:
        raise ValidationError(LOCKED, code="locked", params={"until": words.instant(came.rests_until)})
    if came.account is None:
        raise ValidationError(WRONG, code="wrong")
    return came.account


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The log-in page; in the demonstration a card logs in."""
    given = request.POST if request.method == "POST" else request.GET
    target = given.get(REDIRECT_FIELD_NAME, "")
    target = target if _is_ours(request, target) else ""
    form = LogIn()
    if HALF in request.session:
        del request.session[HALF]
    if request.method == "POST":
        if _too_often(request):
            return _page(request, form, target, said=str(OFTEN), status=429)
        if "card" in request.POST and (account := _of_card(request.POST["card"])):
            return _enter(request, account, How.CARD, target)
        if "passkey" in request.POST:
            return _by_passkey(request, target)
        form = LogIn(request.POST)
        if form.is_valid():
            return _after_password(request, form.cleaned_data["account"], target)
    return _page(request, form, target, status=422 if form.errors else 200)


def _page(request: HttpRequest, form: LogIn, target: str, *, said: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": form, "cards": demo_cards.cards(), "next": target, "said": said, "agencies": agency.offered(),
        "takes_passkeys": site_of(request).takes_passkeys,
    }  # fmt: skip
    return render(request, "shell/log_in.html", context, status=status)


def _by_passkey(request: HttpRequest, target: str) -> HttpResponse:
    account = ways.account_by_passkey(request, request.POST["passkey"], "login")
    if account is None:
        said = gettext("這把通行金鑰對不上。請再試一次，或改用密碼。")
        return _page(request, LogIn(), target, said=said, status=422)
    if until := entering.rests(account):
        said = str(LOCKED) % {"until": words.instant(until)}
        return _page(request, LogIn(), target, said=said, status=422)
    return _enter(request, account, How.PASSKEY, target)


@login_not_required
@never_cache
@require_POST
def passkey_asked(request: HttpRequest) -> HttpResponse:
    """What the page's script hands to the passkey: any of this site at log-in, the account's own as second factor."""
    if _too_often(request):
        return HttpResponse("{}", status=429, content_type="application/json")
    account, what = (_half(request), "second") if HALF in request.session else (None, "login")
    told = json.dumps(ways.challenge(request, account, what))
    return HttpResponse(told, content_type="application/json")


def _after_password(request: HttpRequest, account: Any, target: str) -> HttpResponse:
    """In, where no second factor was set up; else to its page, logged in not even half."""
    if not doors_of(account).has_second:
        return _enter(request, account, How.PASSWORD, target)
    return ask_second(request, account, target)


def ask_second(request: HttpRequest, account: Any, target: str) -> HttpResponse:
    """One factor was right: the session waits for the other, and is nobody's until then."""
    request.session.cycle_key()
    until = int(time.time()) + HALF_GOOD_FOR
    request.session[HALF] = {"account": str(account.pk), "until": until, "next": target}
    return redirect("shell:second")


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The second factor: the app's code, a recovery code, or a passkey of this account."""
    account = _half(request)
    if account is None:
        return redirect("shell:login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if until := entering.rests(account):
            return _rests(request, until)
        if how := _second(request, account, form):
            return _enter(request, account, how, request.session[HALF]["next"])
        if until := entering.refuse(account, "second"):
            return _rests(request, until)
        if not form.errors or "passkey" in request.POST:
            form.add_error(None, gettext("對不上，或已經用過。請等下一組號碼再試。"))
    doors = doors_of(account)
    context = {
        "form": form, "doors": doors, "takes_passkeys": doors.passkeys and site_of(request).takes_passkeys,
    }  # fmt: skip
    return render(request, "accounts/second.html", context, status=422 if form.errors else 200)


def _second(request: HttpRequest, account: Any, form: CodeForm) -> str:
    if answer := request.POST.get("passkey"):
        return How.PASSKEY if ways.is_passkey_of(request, account, answer, "second") else ""
    if not form.is_valid():
        return ""
    by = entering.AtTheDoor(account.worker_id)
    return actions.take_code(account=account, code=form.cleaned_data["code"], by=by, at=clock.now())


def _rests(request: HttpRequest, until: Any) -> HttpResponse:
    request.session.flush()
    return _page(request, LogIn(), "", said=str(LOCKED) % {"until": words.instant(until)}, status=422)


def _half(request: HttpRequest) -> Any:
    """The account that is half in; None when there is none, or it took too long."""
    half = request.session.get(HALF)
    if not half or half["until"] < time.time():
        request.session.pop(HALF, None)
        return None
    return account_of(half["account"])


def _enter(request: HttpRequest, account: Any, how: str, target: str) -> HttpResponse:
    request.session.pop(HALF, None)
    ways.come_in(request, account, how)
    return redirect(target or "/")


def _too_often(request: HttpRequest) -> bool:
    """Whether this address tried too often: counted before the request's transaction (`web.public.middleware`)."""
    knock = getattr(request, "knock", None)
    return bool(knock and knock.is_over)


def _of_card(account_id: str) -> Any:
    """The account of a card, only where there are cards."""
    known = {str(card.account_id) for card in demo_cards.cards()}
    return get_user_model()._default_manager.get(pk=account_id) if account_id in known else None


def _is_ours(request: HttpRequest, target: str) -> bool:
    return url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())


@login_not_required
@open_while("veiled", "owes")
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session everywhere, and let the browser forget the pages."""
    if request.user.is_authenticated:
        entering.note_left(request.user)
        by = entering.AtTheDoor(request.user.worker_id)
        actions.note_ended(session_key=request.session.session_key or "", by=by, at=clock.now())
    logout(request)
    response = redirect(settings.LOGIN_URL)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
