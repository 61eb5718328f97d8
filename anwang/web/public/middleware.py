"""Counts who knocks at the public doors, before the transaction of the request: a refusal must stand."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from anwang.access.throttle import Knock, client_address, knock
from anwang.foundation import clock

_log = logging.getLogger("anwang.web.public")
_STATUS = re.compile(r"/report/status(/\w+)?")
_LOGIN = re.compile(r"/(login|join|account/prove)(/.*)?")
_FORM = re.compile(r"/report(/\w+)?")


class ThrottleMiddleware:
    """Puts `request.knock` (this caller) and `request.flood` (everybody) on what is sent to public pages and log-in.

    Refuses nothing itself: the pages say it, with whom to ring and with what was typed. The count of everybody never
    refuses anybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            if _STATUS.fullmatch(request.path):
                request.knock = _count(request, "public.status", *settings.ANWANG_PUBLIC_TRIES)
            elif _LOGIN.fullmatch(request.path):
                request.knock = _count(request, "login", *settings.ANWANG_LOGIN_TRIES)
            elif _FORM.fullmatch(request.path):
                request.knock = _count(request, "public.form", *settings.ANWANG_PUBLIC_REPORTS)
                request.flood = _count(request, "public.flood", *settings.ANWANG_PUBLIC_FLOOD, whom="everybody")
        return self.get_response(request)


def _count(request: HttpRequest, what: str, most: int, minutes: int, whom: str = "") -> Knock:
    """One knock more; where counting itself fails, the first: who reports is not sent away for that."""
    try:
        return knock(what, whom or client_address(request.META), most=most, within=timedelta(minutes=minutes))
    except DatabaseError:
        _log.exception("a knock could not be counted")
        return Knock(1, most, clock.now())
