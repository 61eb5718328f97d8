"""Posts and loads of the mental health services."""

from __future__ import annotations

from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.care import actions, policies, queries, rules, words
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.web.cases.filling import Sheet, fill

from . import forms
from .views import HERE


def load(request: HttpRequest) -> HttpResponse:
    """Who is in which post, how many persons each serves, the ratio with its definition."""
    policies.may_see_load(request.viewer).enforce()
    found = queries.posts(request.viewer)
    context = {
        "posts": found, "ratios": queries.ratios(request.viewer), "here": HERE,
        "empty": sum(not one.worker for one in found), "may_open": bool(queries.my_posts_units(request.viewer)),
    }  # fmt: skip
    return render(request, "care/load.html", context)


def open_post(request: HttpRequest) -> HttpResponse:
    """One approved post more."""
    form = forms.PostForm(
        request.POST or None,
        choices={"unit": queries.my_posts_units(request.viewer), "service": words.choices(rules.SERVICE)},
    )

    def act(given: dict[str, Any]) -> None:
        actions.open_post(unit_id=UUID(given.pop("unit")), by=request.viewer, at=clock.now(), **given)

    return fill(request, form, _sheet(_("登錄一個員額"), _("登錄員額")), act, here=HERE)


def post_of(request: HttpRequest, post_id: UUID) -> queries.PostLine:
    """A post of the county."""
    found = next((one for one in queries.posts(request.viewer) if one.id == post_id), None)
    if found is None:
        raise NotFound(_("查無這個員額。"))
    return found


def fill_post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """補實."""
    post = post_of(request, post_id)
    form = forms.FillForm(request.POST or None, choices={"worker": queries.workers_of(request.viewer, post.unit_id)})

    def act(given: dict[str, Any]) -> None:
        actions.fill_post(
            post_id=post_id, worker_id=UUID(given["worker"]), since_on=given["since_on"], by=request.viewer,
            at=clock.now(),
        )  # fmt: skip

    return fill(request, form, _sheet(_("補實員額"), _("補實"), f"{post.unit}　{post.service}"), act, here=HERE)


def vacate(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """出缺."""
    post = post_of(request, post_id)
    form = forms.VacateForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.vacate_post(post_id=post_id, until_on=given["until_on"], by=request.viewer, at=clock.now())

    said = f"{post.unit}　{post.service}　{post.worker}"
    return fill(request, form, _sheet(_("員額出缺"), _("記為出缺"), said), act, here=HERE)


def _sheet(title: str, go: str, said: str = "") -> Sheet:
    aside = tuple(filter(None, (said, _("出缺時，護理師可以暫代關懷訪視員；補實後名單會提醒交回。"))))
    return Sheet(title, go, _("記下了。"), reverse("care:load"), aside=aside)
