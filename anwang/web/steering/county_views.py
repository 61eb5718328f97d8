"""Improvement plans and yearly assessments of a county."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from anwang.foundation import clock
from anwang.foundation.errors import Refused
from anwang.steering import actions, policies, queries

from .acting import DESK, act, given, ids
from .forms import AssessmentForm, EffectForm, HandInForm, PlanForm, ScoreForm, SettleForm

REPUBLIC = 1911
"""The years before the republic."""


@require_safe
@never_cache
def plans(request: HttpRequest) -> HttpResponse:
    """Plans by county's code."""
    policies.may_see(request.viewer).enforce()
    found = queries.plans(request.viewer)
    context = {"plans": found, "open": sum(one.state != "ended" for one in found), "tab": "plans", "here": DESK,
               "may_ask": bool(policies.may_act_for_ministry(request.viewer))}  # fmt: skip
    return render(request, "steering/plans.html", context)


@require_safe
@never_cache
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """One plan."""
    policies.may_see(request.viewer).enforce()
    page = queries.plan(request.viewer, plan_id)
    return render(request, "steering/plan.html", {"page": page, "one": page.line, "tab": "plans", "here": DESK})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_plan(request: HttpRequest) -> HttpResponse:
    """Ask a county whose own figure lies below the line."""
    policies.may_act_for_ministry(request.viewer).enforce()
    units = queries.county_units(request.viewer)
    lists = {"unit_id": ids([(id_, name) for id_, name, _code in units]),
             "threshold": queries.thresholds(request.viewer, _lang(request))}  # fmt: skip

    def do(told: dict[str, Any]) -> str:
        unit_id = UUID(told["unit_id"])
        found = actions.ask_plan(
            county=_county(units, unit_id),
            threshold=told["threshold"],
            since_on=told["since_on"],
            before_on=told["last_on"] + timedelta(days=1),
            unit_id=unit_id,
            due_on=told["due_on"],
            by=request.viewer,
            at=clock.now(),
        )
        return reverse("steering:plan", args=[found.id])

    return act(
        request,
        PlanForm(given(request), lists=lists),
        do,
        title=_("請縣市提精進計畫"),
        button=_("請他們提計畫"),
        back=reverse("steering:plans"),
        done=_("送到該縣市的應辦事項了。"),
        tab="plans",
        hint=_("只看這個縣市自己的數字，低於門檻才能請。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def plan_act(request: HttpRequest, plan_id: UUID, act: str) -> HttpResponse:
    """`hand-in`, `settle` or `effect`."""
    policies.may_see(request.viewer).enforce()
    page = queries.plan(request.viewer, plan_id)
    if act == "hand-in" and page.may_hand_in:
        return _hand_in(request, page)
    if act == "settle" and page.may_settle:
        return _settle(request, page)
    if act == "effect" and page.may_tell:
        return _effect(request, page)
    raise Refused(_("這份計畫現在不是這一步，請看最新狀態。"))


def _hand_in(request: HttpRequest, page: queries.PlanPage) -> HttpResponse:
    def do(told: dict[str, Any]) -> str:
        actions.hand_in_plan(plan_id=page.line.id, by=request.viewer, at=clock.now(), **told)
        return ""

    first = {"causes": page.causes, "measures": page.measures}
    return act(
        request,
        HandInForm(given(request), initial=first),
        do,
        title=_("提精進計畫"),
        button=_("送出計畫"),
        back=_plan(page),
        done=_("計畫送出了。"),
        tab="plans",
    )


def _settle(request: HttpRequest, page: queries.PlanPage) -> HttpResponse:
    def do(told: dict[str, Any]) -> str:
        agreed = told.pop("agreed") == "yes"
        actions.settle_plan(plan_id=page.line.id, agreed=agreed, by=request.viewer, at=clock.now(), **told)
        return ""

    return act(
        request,
        SettleForm(given(request)),
        do,
        title=_("看精進計畫"),
        button=_("回覆縣市"),
        back=_plan(page),
        done=_("回覆了。"),
        tab="plans",
    )


def _effect(request: HttpRequest, page: queries.PlanPage) -> HttpResponse:
    def do(told: dict[str, Any]) -> str:
        actions.tell_effect(plan_id=page.line.id, by=request.viewer, at=clock.now(), **told)
        return ""

    return act(
        request,
        EffectForm(given(request)),
        do,
        title=_("回報成效"),
        button=_("回報並結束"),
        back=_plan(page),
        done=_("回報了，計畫結束。"),
        tab="plans",
    )


@require_safe
@never_cache
def assessments(request: HttpRequest) -> HttpResponse:
    """Assessments by year and county's code."""
    policies.may_see(request.viewer).enforce()
    found = queries.assessments(request.viewer)
    context = {"assessments": [(one, one.year - REPUBLIC) for one in found], "tab": "assessments", "here": DESK,
               "waiting": sum(one.state != "reviewed" for one in found),
               "may_call": bool(policies.may_act_for_ministry(request.viewer))}  # fmt: skip
    return render(request, "steering/assessments.html", context)


@require_safe
@never_cache
def assessment(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """One assessment."""
    policies.may_see(request.viewer).enforce()
    page = queries.assessment(request.viewer, assessment_id)
    context = {"page": page, "one": page.line, "year": page.line.year - REPUBLIC, "tab": "assessments", "here": DESK}
    return render(request, "steering/assessment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_assessment(request: HttpRequest) -> HttpResponse:
    """Call a county's assessment."""
    policies.may_act_for_ministry(request.viewer).enforce()
    units = queries.county_units(request.viewer)
    form = AssessmentForm(given(request), lists={"unit_id": ids([(id_, name) for id_, name, _code in units])})

    def do(told: dict[str, Any]) -> str:
        unit_id = UUID(told["unit_id"])
        found = actions.call_assessment(
            county=_county(units, unit_id),
            year=told["year"] + REPUBLIC,
            unit_id=unit_id,
            due_on=told["due_on"],
            by=request.viewer,
            at=clock.now(),
        )
        return reverse("steering:assessment", args=[found.id])

    return act(
        request,
        form,
        do,
        title=_("通知年度考核"),
        button=_("通知自評"),
        back=reverse("steering:assessments"),
        done=_("通知了，系統有的佐證已經帶出。"),
        tab="assessments",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def scores(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Self-assessment by the county, then review by the ministry."""
    policies.may_see(request.viewer).enforce()
    page = queries.assessment(request.viewer, assessment_id)
    if not (page.may_score or page.may_review):
        raise Refused(_("現在不是這一步，或由別的單位評。"))
    form = ScoreForm(given(request), items=page.items, reviewing=page.may_review)

    def do(_told: dict[str, Any]) -> str:
        write = actions.review_assessment if page.may_review else actions.self_score
        write(assessment_id=assessment_id, scores=form.scores(), by=request.viewer, at=clock.now())
        return ""

    return act(
        request,
        form,
        do,
        title=_("評定") if page.may_review else _("自評"),
        button=_("送出評定") if page.may_review else _("送出自評"),
        back=reverse("steering:assessment", args=[assessment_id]),
        done=_("送出了。"),
        tab="assessments",
    )


def _county(units: list[tuple[UUID, str, str]], unit_id: UUID) -> str:
    return next((code for id_, _name, code in units if id_ == unit_id), "")


def _plan(page: queries.PlanPage) -> str:
    return reverse("steering:plan", args=[page.line.id])


def _lang(request: HttpRequest) -> str:
    return "en" if request.viewer.language.startswith("en") else "zh"
