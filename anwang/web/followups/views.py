"""The schedule of a case, and what is done about a course or a window."""

from __future__ import annotations

from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.access.roles import Permission, has
from anwang.cases.queries import CasePage, page
from anwang.followups import actions, queries
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.web.cases.filling import Sheet, fill

from . import forms

FOR_FAMILY = "family"


def schedule(request: HttpRequest, number: str) -> HttpResponse:
    """Done, missed, next windows, attempts, and why."""
    case = page(request.viewer, number)
    found = queries.schedules(request.viewer, case)
    context = {
        "case": case, "found": found, "title": _title(found),
        "may_work": case.reads_case and not case.is_over and has(request.viewer, Permission.CASEWORK),
        "may_agree": has(request.viewer, Permission.REVIEW), "here": "/cases",
        "today": clock.today().isoformat(),
        "several": {one.id for one in found.courses if sum(window.asks_why for window in one.windows) > 1},
    }  # fmt: skip
    return render(request, "followups/schedule.html", context)


def _title(found: queries.Schedules) -> str:
    """本期還要聯繫2次。"""
    if not found.courses:
        return _("這個案件沒有進行中的期程。")
    short = sum(one.asks_why for course in found.courses for one in course.windows)
    if short:
        return ngettext("有%(n)d期次數不足，請說原因。", "有%(n)d期次數不足，請說原因。", short) % {"n": short}
    waiting = [course for course in found.courses if course.now and course.now.suggested]
    if waiting:
        n = sum(len(course.now.suggested) for course in waiting if course.now)
        return ngettext("這一期還要聯繫%(n)d次。", "這一期還要聯繫%(n)d次。", n) % {"n": n}
    return _("這一期的次數夠了。")


def begin(request: HttpRequest, number: str) -> HttpResponse:
    """A course that no event began."""
    case = page(request.viewer, number)
    found = queries.schedules(request.viewer, case)
    form = forms.BeginForm(request.POST or None)
    form.fields["schedule"].choices = found.may_begin
    people = [(one.person_id.hex, one.name) for one in case.subjects if one.person_id]
    form.fields["person"].choices = [*people, (FOR_FAMILY, _("整個案件"))]
    sheet = Sheet(
        _("開始一個期程"), _("開始，從隔天算第一期"), _("期程開始了。"), _home(number), aside=(
            _("起算日不算，隔天是第一期的第一天。"), *found.blocked,
        ),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        whom = given["person"]
        actions.begin(
            matter_id=case.id, schedule=given["schedule"], reason=given["reason"], by=request.viewer, at=given["at"],
            person_id=UUID(whom) if whom and whom != FOR_FAMILY else None,
        )  # fmt: skip

    return fill(request, form, sheet, act, case=case)


def level(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Another level, from a day on."""
    case, course = _course(request, course_id)
    levels = queries.levels(request.viewer, course.group, case.county)
    form = forms.LevelForm(request.POST or None)
    form.fields["level"].choices = [
        (one.code, f"{one.title}　{one.says}") for one in levels if one.rule_id != course.rule_id
    ]
    sheet = Sheet(
        _("改變級別"), _("改級別，從那天起重排"), _("改好了。之前的期間不變。"), _home(case.number),
        aside=(
            _("現在：%(title)s") % {"title": course.title}, _("正在進行的一期到前一天為止，之前的不動。"),
            *(one.blocked for one in levels if one.blocked),
        ),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.set_level(matter_id=case.id, group=course.group, person_id=course.person_id, by=request.viewer, **given)

    return fill(request, form, sheet, act, case=case)


def long(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """長期陪伴, agreed by a supervisor."""
    case, course = _course(request, course_id)
    form = forms.LongForm(request.POST or None)
    sheet = Sheet(
        _("改為長期陪伴"), _("改為長期陪伴"), _("改好了。之後只有檢視，沒有結案期限。"), _home(case.number),
        aside=(_("定期檢視合不合適，不催結案。"), _("訪視頻率不變；要改請改變級別。")),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.stay_long(course_id=course.id, by=request.viewer, at=clock.now(), **given)

    return fill(request, form, sheet, act, case=case)


def look(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Whether the course still fits."""
    case, course = _course(request, course_id)
    form = forms.LookForm(request.POST or None)
    if not course.is_long:
        del form.fields["still_long"]
    sheet = Sheet(_("檢視期程"), _("存下檢視結果"), _("記下了。下次檢視的日子排好了。"), _home(case.number))

    def act(given: dict[str, Any]) -> None:
        actions.look_at(
            course_id=course.id, words=given["words"], still_long=given.get("still_long") != "no", by=request.viewer,
            at=clock.now(),
        )  # fmt: skip

    return fill(request, form, sheet, act, case=case)


def end(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Contacts by schedule end while the case goes on."""
    case, course = _course(request, course_id)
    form = forms.EndForm(request.POST or None)
    least = (_("期程至少到%(day)s。") % {"day": course.least},) if course.least else ()
    sheet = Sheet(
        _("結束期程"), _("結束這個期程"), _("期程結束了，案件還在。"), _home(case.number),
        aside=(*least, _("結束期程不是結案；結案請送審。"), _("以拒訪結束，要有三次紀錄、個案討論和督導。")),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.end_course(course_id=course.id, by=request.viewer, at=clock.now(), **given)

    return fill(request, form, sheet, act, case=case)


def explain(request: HttpRequest, window_id: UUID) -> HttpResponse:
    """Why a window fell short."""
    _matter, number, span = queries.window_of(request.viewer, window_id)
    case = page(request.viewer, number)
    form = forms.WhyForm(request.POST or None)
    sheet = Sheet(
        _("說明次數不足"), _("存下原因"), _("記下了。數字照實留著。"), _home(number),
        aside=(span, _("看的是原因，不是究責；努力有紀錄就算數。")),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.explain(window_id=window_id, by=request.viewer, at=clock.now(), **given)

    return fill(request, form, sheet, act, case=case)


def explain_all(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """One reason for every window of a course that was missed."""
    case, course = _course(request, course_id)
    form = forms.WhyForm(request.POST or None)
    sheet = Sheet(
        _("說明全部沒達成的期間"), _("全部存下這個原因"), _("記下了。數字照實留著。"), _home(case.number),
        aside=(
            course.title, *(f"{one.days}　{one.done}" for one in course.windows if one.asks_why),
            _("每一期原因不同的，請回期程頁一期一期說。"), _("看的是原因，不是究責；努力有紀錄就算數。"),
        ),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        actions.explain_all(course_id=course.id, by=request.viewer, at=clock.now(), **given)

    return fill(request, form, sheet, act, case=case)


def _course(request: HttpRequest, course_id: UUID) -> tuple[CasePage, queries.CourseLine]:
    """A running course with its case, for whoever reads the case."""
    _matter, number = queries.course_of(request.viewer, course_id)
    case = page(request.viewer, number)
    found = queries.schedules(request.viewer, case)
    course = next((one for one in (*found.courses, *found.past) if one.id == course_id), None)
    if course is None:
        raise NotFound(_("查無這個期程。"))
    return case, course


def _home(number: str) -> str:
    return reverse("followups:schedule", args=[number])
