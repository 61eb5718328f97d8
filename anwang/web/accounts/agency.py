"""Coming in by an agency's own log-in: to what an invitation bound it to, never to whom an e-mail address resembles."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang.access import entering
from anwang.accounts import actions, doors, oidc
from anwang.accounts.states import How
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.web.shell import demo_cards

from . import proving, ways
from .gate import open_while

GOING, GOOD_FOR = "going", 10 * 60
"""In a session: which agency the browser was sent to, and what its answer must fit."""
JOINING = "joining"
"""In a session: the invitation whose link and code were right, and until when."""


class Offered:
    """An agency's log-in on the log-in page."""

    def __init__(self, code: str, name: str) -> None:
        self.code, self.name = code, name


def offered() -> list[Offered]:
    return [Offered(code, name) for code, name in doors.offered()]


@login_not_required
@never_cache
@require_safe
def leave_for(request: HttpRequest, code: str) -> HttpResponse:
    """Send the browser to the agency."""
    return _away(request, code)


@login_not_required
@never_cache
@open_while("veiled", "owes")
@require_safe
def prove_at(request: HttpRequest, code: str) -> HttpResponse:
    """Send somebody who sits at a session to his agency, to log in there anew: it proves that it is he."""
    if proving.somebody(request) is None:
        return redirect("shell:login")
    return _away(request, code, proves=True)


def _away(request: HttpRequest, code: str, *, proves: bool = False) -> HttpResponse:
    _id, agency = actions.agency_of(code)
    try:
        going = oidc.going(agency, _back(request, code), anew=JOINING in request.session, proves=proves)
    except BadInput as error:
        return _failed(request, str(error))
    request.session[GOING] = {**going.kept, "code": code, "until": int(time.time()) + GOOD_FOR}
    return redirect(going.address)


@login_not_required
@never_cache
@open_while("veiled", "owes")
@require_safe
def came_back(request: HttpRequest, code: str) -> HttpResponse:
    """The agency sent the browser back: in, or bound, where it is who was invited."""
    kept = request.session.pop(GOING, None)
    if not kept or kept["code"] != code or kept["until"] < time.time():
        return _failed(request, _("這次登入已經過時。請從登入頁再試一次。"))
    agency_id, agency = actions.agency_of(code)
    given = {name: request.GET.get(name, "") for name in ("state", "code") if name in request.GET}
    if "iss" in request.GET:
        given["iss"] = request.GET["iss"]
    try:
        came = oidc.came(agency, _back(request, code), kept, given)
        if "since" in kept:
            return _proved(request, doors.bound_to(agency_id, came.subject), is_strong=came.is_strong)
        account = _joined(request, came) if JOINING in request.session else doors.bound_to(agency_id, came.subject)
    except (BadInput, Conflict, NotFound) as error:
        return _failed(request, str(error))
    if account is None or not entering.may_enter(account, demo=demo_cards.is_on()) or entering.rests(account):
        return _failed(request, _("這個機關帳號還沒有綁定，或已經停用。請系統管理人員邀請你。"))
    return _go_on(request, account, is_strong=came.is_strong)


def _proved(request: HttpRequest, bound: Any, *, is_strong: bool) -> HttpResponse:
    """The one who sits here logged in there just now: the lock opens; dangerous steps ask that it was no mere password.

    What had been sent stays in the page that asked, which goes on by itself.
    """
    account = proving.somebody(request)
    if account is None or bound is None or bound.pk != account.pk:
        until = entering.refuse(account, "proof") if account else None
        return proving.rested(request, until) if until else render(request, "accounts/proved.html", {"is_he": False})
    proving.proved(request, account, light=not is_strong)
    return render(request, "accounts/proved.html", {"is_he": True, "is_strong": is_strong})


def _go_on(request: HttpRequest, account: Any, *, is_strong: bool) -> HttpResponse:
    from anwang.web.shell import entry  # the log-in page offers this one

    if doors.doors_of(account).has_second and not is_strong:
        return entry.ask_second(request, account, "")
    ways.come_in(request, account, How.AGENCY, is_strong=is_strong)
    return redirect("/")


def _joined(request: HttpRequest, came: oidc.Came) -> Any:
    joining = request.session.pop(JOINING)
    if joining["until"] < time.time():
        raise NotFound(_("這份邀請不能用了。請系統管理人員再邀請你一次。"))
    invitation = UUID(joining["invitation"])
    return actions.accept(invitation_id=invitation, subject=came.subject, by=entering.AtTheDoor(), at=clock.now())


def _back(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("accounts:agency_back", args=[code]))


def _failed(request: HttpRequest, said: str) -> HttpResponse:
    messages.info(request, said)
    return redirect("shell:login")
