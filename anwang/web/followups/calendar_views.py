"""My calendar, its secret address, the file it answers with, and the figures."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from anwang.followups import actions, queries
from anwang.followups.actions.feeding import digest
from anwang.followups.queries.calendar import feed_days
from anwang.foundation import clock, roc
from anwang.foundation.errors import NotFound
from anwang.web.shell import words

from . import ics

LONGEST = 100
"""Characters of a secret worth comparing."""


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Four weeks from Monday on."""
    return _calendar(request, "")


@require_POST
def make_feed(request: HttpRequest) -> HttpResponse:
    """A new address, shown this once; the former one answers no more."""
    secret = actions.make_feed(by=request.viewer, at=clock.now())
    return _calendar(request, request.build_absolute_uri(reverse("followups:feed", args=[secret])))


@require_POST
def revoke_feed(request: HttpRequest) -> HttpResponse:
    """The address answers no more."""
    actions.revoke_feed(by=request.viewer, at=clock.now())
    return redirect("followups:calendar")


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar file. Unknown, revoked and left alike: nothing is there."""
    found = feed_days(digest(secret)) if len(secret) <= LONGEST else None
    if found is None:
        raise NotFound(_("查無這個網址。"))
    feed_id, language, per_day = found
    with translation.override(language):
        body = ics.written(feed_id, per_day, clock.now())
    answer = HttpResponse(body, content_type=ics.CONTENT_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """A month of windows that ended."""
    month = _month(request.GET.get("month", ""))
    rows = queries.coverage(request.viewer, month)
    context = {"rows": rows, "title": _said(rows), "month": _month_words(month), "months": _months(month)}
    return render(request, "followups/figures.html", context)


def _calendar(request: HttpRequest, address: str) -> HttpResponse:
    weeks = queries.calendar(request.viewer)
    n = sum(len(day.entries) for day in weeks[0])
    title = ngettext("這星期有%(n)d件事。", "這星期有%(n)d件事。", n) % {"n": n} if n else _("這星期沒有排定的事。")
    context = {
        "weeks": weeks, "title": title, "address": address, "since": queries.has_feed(request.viewer),
        "dateline": words.long(clock.now()),
    }  # fmt: skip
    answer = render(request, "followups/calendar.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _said(rows: tuple[queries.Coverage, ...]) -> str:
    owed = sum(one.owed for one in rows)
    if not owed:
        return _("這個月沒有到期的期間。")
    done = sum(one.met + one.effort for one in rows)
    return _("到期%(owed)d期，達成%(done)d期。") % {"owed": owed, "done": done}


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return clock.today().replace(day=1)


def _months(shown: date) -> list[tuple[str, str, bool]]:
    """This month and the five before: value, words, whether it is shown."""
    found, day = [], clock.today().replace(day=1)
    for _n in range(6):
        found.append((f"{day:%Y-%m}", _month_words(day), day == shown))
        day = date(day.year - (day.month == 1), 12 if day.month == 1 else day.month - 1, 1)
    return found


def _month_words(month: date) -> str:
    return roc.PartialDate(month.year, month.month).text(words.lang())
