"""What stands between a session and the pages: untouched it locks, later it ends; some steps ask for a proof first."""

from __future__ import annotations

import time
from typing import Any  # a session as Django keeps it

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from anwang.accounts.doors import bound_at, doors_of
from anwang.web.shell.kept import kept

from .forms import ProofForm
from .site import site_of

SEEN, VEILED, OWES = "seen", "veiled", "owes"
"""In a session: when somebody last touched it; that it is locked; what it owes before any other page."""


def seconds() -> int:
    """The true time, not the demonstration's."""
    return int(time.time())


def idle(request: HttpRequest) -> str:
    """ "" while somebody is there, "veiled" when the session is locked, "gone" when it has ended by itself.

    A page refreshing itself does not count as touching.
    """
    session, now = request.session, seconds()
    seen = session.get(SEEN)
    if seen and now - seen > settings.ANWANG_IDLE_MINUTES * 60:
        return "gone"
    if seen and now - seen > settings.ANWANG_VEIL_MINUTES * 60 and not session.get(VEILED):
        session[VEILED] = True
    if session.get(VEILED):
        return "veiled"
    if not seen or (now - seen > 60 and "X-Refresh" not in request.headers):
        session[SEEN] = now
    return ""


def unveil(session: Any) -> None:
    """Somebody proved who he is: the session goes on."""
    session.pop(VEILED, None)
    session[SEEN] = seconds()


def open_while(*states: str) -> Any:
    """Mark a view as open while the session is `veiled` or `owes` something."""

    def mark(view: Any) -> Any:
        view.open_while = states
        return view

    return mark


def stop(request: HttpRequest, view: Any) -> HttpResponse | None:
    """The answer instead of the page while the session is locked, or owes something; None when it may go on."""
    states = getattr(view, "open_while", ())
    if getattr(request, "veiled", None) is not None:
        if "veiled" in states or not getattr(view, "login_required", True):
            return None
        return _to_veil(request)
    if request.viewer and request.session.get(OWES) and "owes" not in states:
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("accounts:mine")})
        return redirect("accounts:mine")
    return None


def _to_veil(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        target = f"{reverse('accounts:veil')}?{urlencode({REDIRECT_FIELD_NAME: '/'})}"
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    if request.method == "POST":
        return page(request, request.veiled, veiled=True)
    return redirect(f"{reverse('accounts:veil')}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")


def ask(request: HttpRequest, reason: str) -> HttpResponse:
    """The page that asks for a proof and keeps what was sent: the answer to `ProofNeeded`."""
    return page(request, request.user, reason=reason)


def page(
    request: HttpRequest, account: Any, *, veiled: bool = False, reason: str = "", form: ProofForm | None = None
) -> HttpResponse:
    """Ask who is there. What was sent with this request is kept in the page, and what an asking page kept goes on."""
    doors = doors_of(account)
    own = request.resolver_match and request.resolver_match.view_name in ("accounts:prove", "accounts:veil")
    target, fields = carried(request) if own else (request.get_full_path(), None)
    sent = () if own or request.method != "POST" else kept(request, again=True).fields
    context = {
        "form": form or ProofForm(doors=doors, light=veiled), "doors": doors, "who": account, "veiled": veiled,
        "reason": reason,
        "target": target, "fields": sent if fields is None else fields,
        "sends": request.method == "POST" if fields is None else bool(fields),
        "files": 0 if own or request.method != "POST" else len(request.FILES),
        "agencies": bound_at(account.pk) if doors.agency else (),
        "takes_passkeys": doors.passkeys and site_of(request).takes_passkeys,
    }  # fmt: skip
    if request.headers.get("HX-Request") == "true":
        return render(request, "accounts/prove_notice.html", context, status=403)
    status = 422 if form is not None else (200 if own else 403)
    return render(request, "accounts/prove.html", context, status=status)


def carried(request: HttpRequest) -> tuple[str, list[tuple[str, str]]]:
    """Where to go on, and the fields to send there, as the asking page carried them."""
    given = request.POST if request.method == "POST" else request.GET
    target = given.get(REDIRECT_FIELD_NAME, "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    names, values = request.POST.getlist("kept-name"), request.POST.getlist("kept-value")
    return target, list(zip(names, values, strict=False))
