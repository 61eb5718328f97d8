"""Forms of a plan: a line, how far it came, the next version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.plans import actions, pages, queries
from anwang.plans.states import LineKind
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell.forms import Form

from . import forms

TITLES = {
    LineKind.WORDS: lambda: _("家人自己怎麼說"),
    LineKind.NEED: lambda: _("一個需求"),
    LineKind.STRENGTH: lambda: _("一個優勢"),
    LineKind.GOAL: lambda: _("一個目標"),
    LineKind.ACTION: lambda: _("誰做什麼"),
}


def add(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A new line."""
    if kind not in LineKind.values:
        raise NotFound(_("計畫裡沒有這一種。"))
    chosen = queries.choices(request.viewer, number)
    start = {"circle": chosen.circle, "zone": "case", "under": request.GET.get("under", "")}
    form = _line_form(request, number, kind, chosen, start, is_new=True)

    def act(_given: dict[str, Any]) -> None:
        actions.write_line(
            matter_id=queries.matter_id(request.viewer, number), given=form.given(chosen.circle), by=request.viewer,
            at=clock.now(),
        )  # fmt: skip

    return _fill(request, number, form, TITLES[LineKind(kind)](), _("寫進計畫"), act)


def change(request: HttpRequest, number: str, thread: UUID) -> HttpResponse:
    """Another wording; the former one stays to be read."""
    line, chosen = queries.line(request.viewer, number, thread), queries.choices(request.viewer, number)
    form = _line_form(request, number, line["kind"], chosen, line, is_new=False)

    def act(given: dict[str, Any]) -> None:
        actions.write_line(
            matter_id=queries.matter_id(request.viewer, number), given=form.given(chosen.circle), thread=thread,
            because=given.get("because") or "", by=request.viewer, at=clock.now(),
        )  # fmt: skip

    return _fill(request, number, form, _("改這一行"), _("存下新的寫法"), act)


def progress(request: HttpRequest, number: str, thread: UUID) -> HttpResponse:
    """How far an action or a goal came."""
    line = queries.line(request.viewer, number, thread)
    form = forms.ProgressForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.note_progress(
            matter_id=queries.matter_id(request.viewer, number), thread=thread, by=request.viewer, at=clock.now(),
            **given,
        )  # fmt: skip

    return _fill(request, number, form, _("做到哪裡了"), _("記下進度"), act, line["text"])


def withdraw(request: HttpRequest, number: str, thread: UUID) -> HttpResponse:
    """A line no longer stands."""
    line = queries.line(request.viewer, number, thread)
    form = forms.BecauseForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.withdraw(
            matter_id=queries.matter_id(request.viewer, number), thread=thread, by=request.viewer, at=clock.now(),
            **given,
        )  # fmt: skip

    return _fill(request, number, form, _("拿掉這一行"), _("從計畫拿掉"), act, line["text"])


def publish(request: HttpRequest, number: str) -> HttpResponse:
    """The next version; all look again on the day that is said."""
    page = pages.plan(request.viewer, number)
    form = forms.PublishForm(request.POST or None, initial={"review_on": page.proposed_review})

    def act(given: dict[str, Any]) -> None:
        actions.publish(matter_id=page.id, by=request.viewer, at=clock.now(), **given)

    asides = [_("存成一版以後，每個人看到的是同一份。"), _("檢視日會排進應辦事項。")]
    asides += [] if page.carer_is_supported else [_("計畫裡還沒有支持照顧者的事。要不要加一項？")]
    return _fill(request, number, form, _("存成新的一版"), _("存成一版"), act, *asides)


def hand_in(request: HttpRequest, number: str) -> HttpResponse:
    """To the supervisor, as the plan of every child of the case."""
    page = pages.plan(request.viewer, number)
    if page.newest is None:
        raise NotFound(_("還沒有訂好的計畫。請先存成一版。"))
    version, form = page.newest, forms.HandInForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.hand_in(version_id=version.id, by=request.viewer, at=clock.now(), **given)

    aside = _("四個部分由計畫的內容組成，特種內容不會放進去。")
    return _fill(request, number, form, _("送審，作為家庭處遇計畫"), _("送給督導"), act, aside)


def _line_form(
    request: HttpRequest, number: str, kind: str, chosen: queries.Choices, start: dict[str, Any], *, is_new: bool
) -> forms.LineForm:
    goals = queries.goals(request.viewer, number) if kind == LineKind.ACTION else []
    return forms.LineForm(
        request.POST or None, kind=kind, choices=chosen, goals=goals, initial=start, is_new=is_new
    )  # fmt: skip


def _fill(
    request: HttpRequest, number: str, form: Form, title: str, go: str, act: Callable[[dict[str, Any]], object],
    *aside: str,
) -> HttpResponse:  # fmt: skip
    sheet = Sheet(
        title, go, _("寫好了。"), reverse("plans:plan", args=[number]), template="plans/form.html", aside=aside
    )
    return fill(request, form, sheet, act, number=number)
