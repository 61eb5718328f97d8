"""Posts allocated anew when the number of centres changes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from anwang.deployment import actions, policies, queries
from anwang.foundation import clock
from anwang.foundation.errors import Refused
from anwang.web.shell import words
from anwang.web.steering.acting import DESK, act, given, ids

from .forms import DecideForm, PostsForm
from .views import REPUBLIC, TAB


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Requests, open ones first."""
    policies.may_see(request.viewer).enforce()
    found = [(one, one.year - REPUBLIC) for one in queries.posts_requests(request.viewer)]
    may_ask = bool(policies.may_ask_posts(request.viewer, queries.standing_of(request.viewer).county))
    waiting = sum(one.state == "asked" for one, _year in found)
    context = {"found": found, "waiting": waiting, "may_ask": may_ask, "tab": TAB, "here": DESK}
    return render(request, "deployment/posts.html", context)


@require_safe
@never_cache
def request_page(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request with its arithmetic."""
    policies.may_see(request.viewer).enforce()
    page = queries.posts_page(request.viewer, request_id, words.lang())
    return render(
        request, "deployment/request.html", {"page": page, "year": page.year - REPUBLIC, "tab": TAB, "here": DESK}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Ask for posts."""
    policies.may_see(request.viewer).enforce()
    county = queries.standing_of(request.viewer).county
    policies.may_ask_posts(request.viewer, county).enforce()
    first: dict[str, Any] = {name: request.GET.get(name, "") for name in ("year", "centres_before", "centres_after")}
    approved = queries.posts_approved(request.viewer, county, "welfare_centre")
    if approved is not None:
        first |= {"supervisors_before": approved[0], "workers_before": approved[1]}
    lists = {"decides_id": ids(queries.ministry_units(request.viewer))}
    form = PostsForm(given(request), initial={**first, "kind": "welfare_centre"}, lists=lists)

    def do(told: dict[str, Any]) -> str:
        year, decides = told.pop("year") + REPUBLIC, UUID(told.pop("decides_id"))
        asked = actions.PostsAsked(county=county, year=year, decides_id=decides, **told)
        found = actions.ask_posts(asked=asked, by=request.viewer, at=clock.now())
        return reverse("deployment:request", args=[found.id])

    return act(
        request,
        form,
        do,
        title=_("請中央重新配置人力"),
        button=_("送出請求"),
        back=reverse("deployment:posts"),
        done=_("送出了，算式一起留著。"),
        tab=TAB,
        hint=_("送出後會把你的數字和依規則算的並列。")
        + (_("原來的人數帶自今天的核定員額。") if approved is not None else ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decide(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Decide them."""
    policies.may_see(request.viewer).enforce()
    page = queries.posts_page(request.viewer, request_id, words.lang())
    if not page.may_decide:
        raise Refused(_("人力配置由受理的中央單位決定。"))
    first = {"supervisors": page.asked[0], "workers": page.asked[1]}

    def do(told: dict[str, Any]) -> str:
        decided = actions.PostsDecided(**told)
        actions.decide_posts(request_id=request_id, decided=decided, by=request.viewer, at=clock.now())
        return ""

    sums = tuple(f"{whose}：{a}＋{b}＝{c}" for whose, a, b, c in page.arithmetic) + page.remarks
    return act(
        request,
        DecideForm(given(request), initial=first),
        do,
        title=_("決定人力配置"),
        button=_("決定，通知縣市"),
        back=reverse("deployment:request", args=[request_id]),
        done=_("決定了。核定員額照這封函改好，不用再登錄。"),
        hint=_("決定後核定員額就照這封函改，不用再登錄一次。"),
        tab=TAB,
        notes=sums,
    )
