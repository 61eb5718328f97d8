"""Forms about a shield: whom, which places, its end; and word that somebody searches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # cleaned data
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwang.cases.queries import page
from anwang.foundation import clock
from anwang.protection import actions, queries, rules, words
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell.forms import Form

from . import forms
from .views import HERE, show_shield


def shield(request: HttpRequest, number: str) -> HttpResponse:
    """去處保密 of people of a case."""
    case = page(request.viewer, number)
    people = [(str(id_), name) for id_, name in queries.people_of(request.viewer, case.id)]
    form = forms.ShieldForm(request.POST or None, people=people, kinds=words.choices(rules.SHIELD_KIND, clock.today()))
    sheet = Sheet(
        _("去處保密"), _("開始保密"), _("從現在起保密。請登錄哪些地方要遮。"),
        reverse("protection:of_case", args=[number]),
        aside=(
            _("名單、搜尋、列印、信件、匯出都不會出現。"),
            _("學校轉學、名冊、疫苗帶來的新地址也一起遮。"),
            _("期滿不會自動打開，由你們決定。"),
        ),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> str:
        at = given.pop("at")
        given |= {key: [UUID(one) for one in given[key]] for key in ("persons", "against")}
        made = actions.shield(matter_id=case.id, given=actions.ShieldGiven(**given), by=request.viewer, at=at)
        return reverse("protection:shielding", args=[made[0].id])

    return fill(request, form, sheet, act, case=case, here=HERE)


@require_POST
def open_places(request: HttpRequest, shielding_id: UUID) -> HttpResponse:
    """The places behind the door: one traced click, shown once."""
    return show_shield(request, queries.open_places(request.viewer, shielding_id), opened=True)


def cover(request: HttpRequest, shielding_id: UUID) -> HttpResponse:
    """One place more is covered."""
    form = forms.PlaceForm(request.POST or None)
    return _fill(request, shielding_id, form, _("要遮的地方"), _("存進安全區"), actions.cover_place)


def review(request: HttpRequest, shielding_id: UUID) -> HttpResponse:
    """It goes on."""
    form = forms.ReviewForm(request.POST or None)
    return _fill(request, shielding_id, form, _("檢視後繼續保密"), _("繼續保密"), actions.review_shield)


def end(request: HttpRequest, shielding_id: UUID) -> HttpResponse:
    """It is over."""
    form = forms.EndShieldForm(request.POST or None)
    return _fill(request, shielding_id, form, _("結束保密"), _("結束保密"), actions.end_shield)


def note_search(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody searches for her."""
    case = page(request.viewer, number)
    people = [(str(id_), name) for id_, name in queries.people_of(request.viewer, case.id)]
    form = forms.SearchForm(request.POST or None, people=people)
    sheet = Sheet(
        _("有人在找她"), _("存下，馬上確認安全"), _("記下了。請確認她的安全。"),
        reverse("protection:of_case", args=[number]), aside=(_("有立即危險，請先打110。"),),
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        given["person_id"] = UUID(given.pop("person"))
        actions.note_search(matter_id=case.id, by=request.viewer, **given)

    return fill(request, form, sheet, act, case=case, here=HERE)


def answer_search(request: HttpRequest, seeking_id: UUID) -> HttpResponse:
    """What was made sure of."""
    form = forms.WordsForm(request.POST or None)
    sheet = Sheet(_("確認過安全"), _("存下確認"), _("記下了。"), reverse("protection:index"))

    def act(given: dict[str, Any]) -> None:
        actions.answer_search(seeking_id=seeking_id, by=request.viewer, **given)

    return fill(request, form, sheet, act, here=HERE)


def _fill(
    request: HttpRequest, shielding_id: UUID, form: Form, title: str, go: str, act: Callable[..., object]
) -> HttpResponse:
    found = queries.shield_page(request.viewer, shielding_id)
    sheet = Sheet(
        title, go, _("記下了。"), reverse("protection:shielding", args=[shielding_id]),
        aside=(found.person, found.kind, found.article),
    )  # fmt: skip

    def done(given: dict[str, Any]) -> None:
        act(shielding_id=shielding_id, by=request.viewer, **given)

    return fill(request, form, sheet, done, here=HERE)
