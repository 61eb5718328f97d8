"""The board of deployment, figures stated one by one or by a table."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anwang.deployment import actions, policies, queries
from anwang.foundation import clock
from anwang.foundation.errors import NotFound, Refused
from anwang.web.shell import words
from anwang.web.steering.acting import DESK, act, given

from .forms import FigureForm, ImportForm, WithdrawForm

TAB = "deployment"
REPUBLIC = 1911
"""The years before the republic."""
FIRST = "welfare_centre"
MOVES = {"send": "sent", "publish": "published"}


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """A kind in a year."""
    policies.may_see(request.viewer).enforce()
    kind, year = request.GET.get("kind") or FIRST, _year(request)
    board = queries.board(request.viewer, kind, year, words.lang())
    if kind not in dict(board.kinds):
        raise NotFound(_("沒有這個種類。請從清單選。"))
    conflicts = sum(cell.state == "conflict" for row in board.rows for cell in row.cells)
    context = {
        "board": board, "year": year - REPUBLIC, "conflicts": conflicts, "tab": TAB, "here": DESK,
        "published": [(one, one.year - REPUBLIC) for one in board.published],
        "asking": [row for row in board.rows if row.asks_posts],
    }  # fmt: skip
    return render(request, "deployment/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """State one figure."""
    who = _steers(request)
    counties = [one for one in queries.counties(request.viewer) if who.is_ministry or one[0] == who.county]
    first = {"county": counties[0][0] if len(counties) == 1 else "", "kind": request.GET.get("kind", "")}
    form = FigureForm(given(request), initial=first, lists={"county": counties, "reach": _reaches(who.is_ministry)})

    def do(told: dict[str, Any]) -> str:
        reach, year = told.pop("reach"), told.pop("year") + REPUBLIC
        stated = actions.FigureGiven(year=year, **told)
        actions.state_figure(given=stated, reach=reach, by=request.viewer, at=clock.now())
        return f"{reverse('deployment:index')}?kind={stated.kind}&year={year - REPUBLIC}"

    return act(
        request,
        form,
        do,
        title=_("填一個數字"),
        button=_("存這個數字"),
        back=reverse("deployment:index"),
        tab=TAB,
        done=_("存好了，連同來源。"),
        hint=_("不同來源各填一筆，不要自己挑一個。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def bring(request: HttpRequest) -> HttpResponse:
    """Import a re-tabulated table."""
    who = _steers(request)
    form = ImportForm(given(request), lists={"reach": _reaches(who.is_ministry)})
    count = {"new": 0, "already": 0}

    def do(told: dict[str, Any]) -> str:
        done = actions.import_table(text=told["table"], reach=told["reach"], by=request.viewer, at=clock.now())
        count.update(new=done.new, already=done.already)
        messages.info(request, _("新增%(new)d筆，原來就有%(already)d筆。") % count)
        return ""

    return act(
        request,
        form,
        do,
        title=_("匯入表格"),
        button=_("匯入"),
        back=reverse("deployment:index"),
        tab=TAB,
        done=_("匯入了。有錯的表格一筆都不會存。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: HttpRequest, figure_id: UUID) -> HttpResponse:
    """Take a wrong figure back."""
    _steers(request)

    def do(told: dict[str, Any]) -> str:
        actions.withdraw_figure(figure_id=figure_id, by=request.viewer, at=clock.now(), **told)
        return ""

    return act(
        request,
        WithdrawForm(given(request)),
        do,
        title=_("撤回一個數字"),
        button=_("撤回，留下理由"),
        tab=TAB,
        back=reverse("deployment:index"),
        done=_("撤回了。"),
    )


@require_POST
@never_cache
def move(request: HttpRequest, figure_id: UUID, to: str) -> HttpResponse:
    """Send a draft to the ministry, or publish."""
    _steers(request)
    if to not in MOVES:
        raise NotFound(_("沒有這個動作。請從布建頁選。"))
    actions.move_figure(figure_id=figure_id, to=MOVES[to], by=request.viewer, at=clock.now())
    messages.success(request, _("公布了。") if to == "publish" else _("送中央了。"))
    return redirect("deployment:index")


def _steers(request: HttpRequest) -> Any:
    policies.may_see(request.viewer).enforce()
    found = queries.standing_of(request.viewer)
    if not (found.is_ministry or found.county):
        raise Refused(_("數字由該縣市或中央填報。請洽該縣市的業務承辦。"))
    return found


def _reaches(is_ministry: bool) -> list[tuple[str, str]]:
    if is_ministry:
        return [("draft", _("先存草稿")), ("published", _("公布給各縣市"))]
    return [("draft", _("先存草稿")), ("sent", _("送中央"))]


def _year(request: HttpRequest) -> int:
    """The year asked for, in years of the republic; this one otherwise."""
    text = request.GET.get("year", "")
    known = text.isascii() and text.isdigit() and len(text) <= 3
    return int(text) + REPUBLIC if known and 79 <= int(text) <= 289 else clock.today().year
