"""The pages of log-in and log-out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model, login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.forms import PasswordInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anwang.access import entering

from . import demo_cards, forms, words

_BACKEND = "django.contrib.auth.backends.ModelBackend"
WRONG = _("帳號或密碼不對。請再試一次；忘記密碼請洽系統管理人員。")
LOCKED = _("錯太多次，這個帳號休息到%(until)s。急事請洽值班督導。")


class LogIn(forms.Form):
    """A wrong password is not sent back to the page."""

    keeps_all = False
    username = forms.TextField(label=_("帳號"), max_length=60)
    password = forms.TextField(label=_("密碼"), max_length=128, strip=False, widget=PasswordInput)

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
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The log-in page; in the demonstration a card logs in."""
    target = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    form = LogIn()
    if request.method == "POST":
        account = _of_card(request.POST["card"]) if "card" in request.POST else None
        form = LogIn(request.POST) if account is None else form
        if account or form.is_valid():
            account = account or form.cleaned_data["account"]
            login(request, account, backend=_BACKEND)
            entering.note_entered(account)
            return redirect(target if _is_ours(request, target) else "/")
    context = {"form": form, "cards": demo_cards.cards(), "next": target if _is_ours(request, target) else ""}
    return render(request, "shell/log_in.html", context, status=422 if form.errors else 200)


def _of_card(account_id: str) -> Any:
    """The account of a card, only where there are cards."""
    known = {str(card.account_id) for card in demo_cards.cards()}
    return get_user_model()._default_manager.get(pk=account_id) if account_id in known else None


def _is_ours(request: HttpRequest, target: str) -> bool:
    return url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session everywhere, and let the browser forget the pages."""
    if request.user.is_authenticated:
        entering.note_left(request.user)
    logout(request)
    response = redirect(settings.LOGIN_URL)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
