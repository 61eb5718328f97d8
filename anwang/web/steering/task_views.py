"""Promises and measures done, put off or dropped; figures drawn; the way from a matter to its page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from anwang.foundation import clock
from anwang.foundation.errors import NotFound, Refused
from anwang.steering import actions, policies, queries

from .acting import act, given
from .forms import DropForm, FigureForm, KeepForm, MoveForm

PAGES = {"question": "steering:question", "loophole": "steering:loophole", "plan": "steering:plan",
         "assessment": "steering:assessment", "posts": "deployment:request"}  # fmt: skip


@require_safe
@never_cache
def of_matter(request: HttpRequest, number: str) -> HttpResponse:
    """From a line of the worklist to the page of its record."""
    policies.may_see(request.viewer).enforce()
    kind, id_ = queries.place_of(request.viewer, number)
    return redirect(PAGES[kind], id_)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def task(request: HttpRequest, task_id: UUID, act: str) -> HttpResponse:
    """`keep`, `move` or `drop` what a unit owes."""
    policies.may_see(request.viewer).enforce()
    found = queries.task(request.viewer, task_id)
    if act == "keep" and found.may_fulfil:
        return _keep(request, found)
    if act == "move" and found.may_release:
        return _move(request, found)
    if act == "drop" and found.may_release and found.owed in ("promise", "measure"):
        return _drop(request, found)
    raise Refused(_("這件事項已經結束，或由別的單位辦理。"))


def _keep(request: HttpRequest, found: queries.TaskLine) -> HttpResponse:
    def do(told: dict[str, Any]) -> str:
        actions.keep_task(task_id=found.id, by=request.viewer, at=clock.now(), **told)
        return ""

    return act(request, KeepForm(given(request)), do, title=_("做完了：%(text)s") % {"text": found.text},
               button=_("回報完成"), back=_back(found), done=_("回報了。"))  # fmt: skip


def _move(request: HttpRequest, found: queries.TaskLine) -> HttpResponse:
    def do(told: dict[str, Any]) -> str:
        actions.move_task(task_id=found.id, by=request.viewer, at=clock.now(), **told)
        return ""

    return act(request, MoveForm(given(request)), do, title=_("展延期限"), button=_("改成這一天"), back=_back(found),
               done=_("期限改好了。"))  # fmt: skip


def _drop(request: HttpRequest, found: queries.TaskLine) -> HttpResponse:
    def do(told: dict[str, Any]) -> str:
        actions.drop_task(task_id=found.id, by=request.viewer, at=clock.now(), **told)
        return ""

    return act(request, DropForm(given(request)), do, title=_("不再辦理：%(text)s") % {"text": found.text},
               button=_("不再辦理，留下理由"), back=_back(found), done=_("記下了，不再追蹤。"))  # fmt: skip


def _back(found: queries.TaskLine) -> str:
    return reverse("steering:of_matter", args=[found.number])


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def draw(request: HttpRequest, what: str, of_id: UUID) -> HttpResponse:
    """Draw a figure for a card, a plan or a loophole."""
    policies.may_see(request.viewer).enforce()
    if not _may_draw(request, what, of_id):
        raise Refused(_("由該縣市在進行中帶出統計。"))

    def do(told: dict[str, Any]) -> str:
        drawing = actions.Drawing(
            when=told["when"], figure=told["figure"], since_on=told["since_on"],
            before_on=told["last_on"] + timedelta(days=1),
        )  # fmt: skip
        actions.draw(what=what, of_id=of_id, drawing=drawing, by=request.viewer, at=clock.now())
        return ""

    return act(request, FigureForm(given(request)), do, title=_("帶出統計"), button=_("帶出這個數字"),
               back=reverse(f"steering:{what}", args=[of_id]), done=_("帶出來了，照當時的定義留著。"),
               hint=_("只帶出自己縣市的總數，看不到個案。"))  # fmt: skip


def _may_draw(request: HttpRequest, what: str, of_id: UUID) -> bool:
    if what == "card":
        return queries.card(request.viewer, of_id).is_own
    if what == "plan":
        return queries.plan(request.viewer, of_id).may_draw
    if what == "loophole":
        return queries.loophole(request.viewer, of_id).may_draw
    raise NotFound(_("查無這一筆，或不是你的縣市的。"))
