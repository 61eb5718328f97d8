"""The public pages. Nobody is logged in, nothing is kept by the browser, and no page says more than it must."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from anwang.access.throttle import Knock, knock
from anwang.access.viewer import service_viewer
from anwang.foundation.errors import AnwangError
from anwang.intake import actions
from anwang.intake.actions.receipts import Shown, Status, as_shown
from anwang.intake.queries.counties import counties

from . import filing, languages, tokens
from .forms import PublicForm, StatusForm, called
from .languages import Language

_log = logging.getLogger("anwang.web.public")
SERVICE = "public"
View = Callable[..., HttpResponse]
TRIES_PER_NUMBER = 5
"""Wrong second words for one receipt, from anywhere, within the minutes of `ANWANG_PUBLIC_TRIES`."""


def quiet(view: Callable[[HttpRequest, Language], HttpResponse]) -> View:
    """A page for everybody, in the language of its address, that leaves as little behind as a page can."""

    @login_not_required
    @csrf_exempt  # see `tokens`: there is no session to ride on
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def shown(request: HttpRequest, lang: str = "") -> HttpResponse:
        language = languages.of(request, lang)
        with languages.spoken(request, language):
            response = view(request, language)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Content-Language"] = language.tag
        return response

    return shown


@quiet
def form(request: HttpRequest, language: Language) -> HttpResponse:
    """The form; sent, it is a report at once. Whatever is wrong, everything typed stays on the page."""
    if request.method != "POST":
        return _page(request, language, _form(language))
    asked = _form(language, request.POST)
    _sound_alarm(request.flood)
    if request.knock.is_over:
        return _too_many(request, language, asked)
    if not asked.is_valid():
        return _page(request, language, asked, status=422)
    nonce = tokens.nonce(request.POST.get("token", ""))
    if not nonce:
        return _page(request, language, asked, notice=_("這一頁放太久了。請再按一次，寫好的都還在。"), status=422)
    by = service_viewer(SERVICE)
    try:
        with transaction.atomic():
            report_id, is_new = filing.file(asked.cleaned_data, request.POST, nonce, language, by)
            receipt = None
            if is_new and asked.cleaned_data["receipt"] == "yes":
                receipt = actions.make_receipt(report_id=report_id, by=by)
    except AnwangError:
        _log.exception("a report from the public form could not be taken")
        words = _("現在收不下來，還沒有人看到。請打113或110，寫好的都還在這一頁。")
        return _page(request, language, asked, notice=words, status=503)
    return _sent(request, language, asked, receipt)


def _form(language: Language, data: QueryDict | None = None) -> PublicForm:
    return PublicForm(data, counties=counties(None), language=language)


def _page(
    request: HttpRequest, language: Language, asked: PublicForm, *, notice: str = "", status: int = 200
) -> HttpResponse:
    """The form with a fresh token. A 503 keeps its status: nothing was written before it."""
    elsewhere = [(called(one, language), one.phone) for one in asked.counties.values() if not one.takes]
    context = _frame("", language) | {
        "form": asked, "token": tokens.fresh(), "elsewhere": elsewhere, "notice": notice, "faults": len(asked.errors),
    }  # fmt: skip
    return render(request, "public/form.html", context, status=status)


def _sent(request: HttpRequest, language: Language, asked: PublicForm, receipt: Shown | None) -> HttpResponse:
    given = asked.cleaned_data
    context = _frame("", language) | {
        "receipt": receipt, "rings": bool(given["phone"]) and given["call_back"] != "no",
        "is_in_danger": given["danger"] == "now",
    }  # fmt: skip
    return render(request, "public/sent.html", context)


def _too_many(request: HttpRequest, language: Language, asked: PublicForm) -> HttpResponse:
    asked.is_valid()  # what was chosen is drawn as it was
    words = _("這個網路剛才送了很多份。急的請打113或110；不急的%(minutes)d分鐘後再按，寫好的都還在這一頁。")
    minutes = -(-request.knock.retry_after // 60)
    response = _page(request, language, asked, notice=words % {"minutes": minutes}, status=429)
    response.headers["Retry-After"] = str(request.knock.retry_after)
    return response


def _sound_alarm(flood: Knock) -> None:
    """Once a window, when more comes from everybody together than ever: for people to look. Nobody is refused."""
    if flood.count == flood.most + 1:
        _log.error("public form: more than %d sent since the window began", flood.most)


@quiet
def status(request: HttpRequest, language: Language) -> HttpResponse:
    """Where a receipt stands, in one of two neutral words; wrong words get a third in the same place."""
    answer = ""
    if request.method == "POST":
        typed = StatusForm(request.POST)
        if not typed.is_valid():
            answer = _said(Status.UNKNOWN)
        elif request.knock.is_over or (over := _of_number(typed.cleaned_data["number"])).is_over:
            over = request.knock if request.knock.is_over else over
            return _tried_too_often(request, language, over)
        else:
            answer = _said(actions.status_of(**typed.cleaned_data, by=service_viewer(SERVICE)))
    return render(request, "public/status.html", _frame("/status", language) | {"form": StatusForm(), "answer": answer})


def _of_number(number: str) -> Knock:
    """Counted as it is compared: other blanks and dashes are the same number."""
    minutes = settings.ANWANG_PUBLIC_TRIES[1]
    return knock("public.receipt", as_shown(number), most=TRIES_PER_NUMBER, within=timedelta(minutes=minutes))


def _tried_too_often(request: HttpRequest, language: Language, over: Knock) -> HttpResponse:
    words = _("試太多次了。請%(minutes)d分鐘後再試；急的請打113或110。") % {"minutes": -(-over.retry_after // 60)}
    context = _frame("/status", language) | {"form": StatusForm(), "notice": words}
    response = render(request, "public/status.html", context, status=429)
    response.headers["Retry-After"] = str(over.retry_after)
    return response


def _said(status: Status) -> str:
    return {Status.RECEIVED: _("已收到"), Status.HANDLED: _("已處理")}.get(status, _("查不到"))


@login_not_required
def leave(request: HttpRequest) -> HttpResponse:
    """Away, to a page that everybody might be reading; the browser is asked to forget this one."""
    response = HttpResponse(status=303, headers={"Location": settings.ANWANG_NEUTRAL_PAGE})
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _frame(page: str, language: Language) -> dict[str, Any]:
    """What every public page needs; `page` follows `/report` in its address."""
    others = [(one, f"/report{page}/{one.slug}") for one in languages.LANGUAGES]
    return {"language": language, "languages": others, "page": page}
