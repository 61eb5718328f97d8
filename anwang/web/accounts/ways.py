"""Passkeys at our pages: the challenge lies in the session, is good once, for one thing, and for five minutes."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.translation import gettext as _

from anwang.access import entering
from anwang.access.proving import PROVED
from anwang.accounts import actions, passkeys, sealed
from anwang.accounts.doors import doors_of, new_ways, owes, passkeys_of
from anwang.accounts.states import How
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.web.shell import demo_cards, words

from . import gate
from .site import site_of

ASKED, GOOD_FOR = "asked", 5 * 60
BACKEND = "django.contrib.auth.backends.ModelBackend"


def challenge(request: HttpRequest, account: Any, what: str) -> dict[str, Any]:
    """What the browser is told to use a passkey: of this account, or any that it has for this site."""
    options, state = passkeys.ask_to_use(site_of(request), passkeys_of(account.pk) if account else None)
    keep(request, state, what)
    return options


def keep(request: HttpRequest, state: Mapping[str, Any], what: str) -> None:
    request.session[ASKED] = {**state, "what": what, "until": int(time.time()) + GOOD_FOR}


def taken(request: HttpRequest, what: str) -> dict[str, Any]:
    """The challenge, out of the session for good. Raises BadInput when there is none for this, or it is old."""
    state = request.session.pop(ASKED, None)
    if not state or state.pop("what") != what or state.pop("until") < time.time():
        raise BadInput("")
    return dict(state)


def account_by_passkey(request: HttpRequest, answer: str, what: str) -> Any:
    """The account whose passkey answered this session's challenge truly; None otherwise, and the try is recorded."""
    try:
        state = taken(request, what)
        told = read(answer)
        key = actions.key_of(passkeys.credential_of(told))
        if key is None:
            return None
        counter = passkeys.used(site_of(request), state, bytes(key.attested), told)
    except BadInput:
        return None
    by = entering.AtTheDoor(key.account.worker_id)
    if not actions.use_passkey(key=key, counter=counter, by=by, at=clock.now()):
        return None
    return key.account if entering.may_enter(key.account, demo=demo_cards.is_on()) else None


def is_passkey_of(request: HttpRequest, account: Any, answer: str, what: str) -> bool:
    found = account_by_passkey(request, answer, what)
    return found is not None and found.pk == account.pk


def read(answer: str) -> dict[str, Any]:
    """What a browser's script sent. Raises BadInput for anything but an object."""
    try:
        told = json.loads(answer)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise BadInput("")
    return told


def come_in(request: HttpRequest, account: Any, how: str, *, is_strong: bool = False) -> None:
    """Begin the session of an account that proved itself whole; note what it owes before any other page.

    `is_strong`: an agency says that it asked for more than a password.
    """
    login(request, account, backend=BACKEND)
    if not request.session.session_key:
        request.session.save()
    now, by = clock.now(), entering.AtTheDoor(account.worker_id)
    entering.note_entered(account, how)
    actions.begin_sitting(
        account_id=account.pk, session_key=request.session.session_key or "", how=how,
        agent=request.headers.get("User-Agent", ""), by=by, at=now,
    )  # fmt: skip
    request.session.pop(gate.VEILED, None)
    if how != How.CARD:
        request.session[PROVED] = int(now.timestamp())
    _tell_of_new_ways(request, account)
    if not is_strong and (owed := owes(account, doors_of(account))):
        request.session[gate.OWES] = owed


def _tell_of_new_ways(request: HttpRequest, account: Any) -> None:
    """At each log-in for some days: what was added to the account, so that its owner learns of what he did not add."""
    if account.is_demo:
        return
    sealed.own(account.pk)
    for one in new_ways(account.pk):
        told = _("%(when)s你的帳號加了%(what)s。不是你加的，請到「我的帳號」移除並通知系統管理人員。")
        messages.warning(request, told % {"when": words.instant(one.at), "what": one.what})
