"""What a case has referred, what it hands on by a day, where its issues stand, who serves beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang.access.roles import Permission, has
from anwang.cases import queries as cases
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.referrals import actions, queries
from anwang.web.shell import forms

from .sheets import sheet


class PlanForm(forms.Form):
    """Who, what kind, which day."""

    person = forms.OneOf(label=gettext_lazy("誰"), stacked=True)
    kind = forms.CodeField("transition.kinds", label=gettext_lazy("哪一種轉銜"))
    on = forms.RocDateField(
        label=gettext_lazy("哪一天"), partial=False, required=False,
        help_text=gettext_lazy("滿18歲可以不填，照出生日算。"),
    )  # fmt: skip


class ChangeForm(forms.Form):
    """Another day, or why it will not come to pass."""

    what = forms.OneOf(
        choices=[("move", gettext_lazy("改期")), ("drop", gettext_lazy("取消"))], label=gettext_lazy("怎麼了")
    )
    on = forms.RocDateField(label=gettext_lazy("改到哪一天"), partial=False, required=False)
    because = forms.TextField(label=gettext_lazy("取消的話，為什麼"), max_length=200, required=False)


class StageForm(forms.Form):
    """Where an issue stands and who comes next."""

    topic = forms.CodeField("joining.topics", label=gettext_lazy("哪一個議題"))
    stage = forms.FewCodesField("issue.stages", label=gettext_lazy("現在的階段"), stacked=True)
    next_kind = forms.CodeField("referral.kinds", label=gettext_lazy("下一個由誰接"), required=False)
    words = forms.TextField(label=gettext_lazy("到什麼程度就轉"), max_length=300, required=False)


@require_safe
@never_cache
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """Referrals, transitions and stages of one case; who serves beside it."""
    viewer = request.viewer
    with held():
        case = cases.page(viewer, number)
        context = {
            "case": case, "side": queries.of_case(viewer, case.id) if case.reads_case else None, "here": "/cases",
            "works": case.reads_case and has(viewer, Permission.CASEWORK) and not case.is_over,
            "beside": cases.together(viewer, case.id),
        }  # fmt: skip
        return render(request, "referrals/of_case.html", context)


def plan(request: HttpRequest, number: str) -> HttpResponse:
    """A transition with a day."""
    with held():
        case = cases.page(request.viewer, number)
        form = PlanForm(request.POST or None)
        form.fields["person"].choices = [(str(one.person_id), one.name) for one in case.subjects if one.person_id]

        def act(given: dict[str, Any]) -> None:
            actions.plan_transition(
                case_id=case.id, person_id=UUID(given["person"]), kind=given["kind"], on=given["on"],
                by=request.viewer, at=clock.now(),
            )  # fmt: skip

        return sheet(
            request, form, _("排一個轉銜"), _("排定"), _("排定了，快到的時候會提醒。"), _home(number), act,
            _("那一天之前要有人接受；越近，提醒越高。"), case=case, here="/cases",
        )  # fmt: skip


def change_plan(request: HttpRequest, number: str, plan_id: UUID) -> HttpResponse:
    """Moved or dropped."""
    with held():
        case = cases.page(request.viewer, number)
        if plan_id not in {one.id for one in queries.of_case(request.viewer, case.id).plans}:
            raise NotFound(_("查無這個轉銜。"))

        def act(given: dict[str, Any]) -> None:
            by, at = request.viewer, clock.now()
            if given["what"] == "move" and given["on"]:
                actions.move_transition(transition_id=plan_id, on=given["on"], by=by, at=at)
            else:
                actions.drop_transition(transition_id=plan_id, because=given["because"], by=by, at=at)

        return sheet(
            request, ChangeForm(request.POST or None), _("轉銜改期或取消"), _("存下"), _("存好了。"), _home(number),
            act, case=case, here="/cases",
        )  # fmt: skip


def stage(request: HttpRequest, number: str) -> HttpResponse:
    """Where an issue stands."""
    with held():
        case = cases.page(request.viewer, number)

        def act(given: dict[str, Any]) -> None:
            actions.set_stage(
                case_id=case.id, topic=given["topic"], stage=given["stage"], next_kind=given["next_kind"],
                words=given["words"], by=request.viewer, at=clock.now(),
            )  # fmt: skip

        return sheet(
            request, StageForm(request.POST or None), _("議題到哪個階段"), _("存下"), _("存好了。"), _home(number), act,
            case=case, here="/cases",
        )  # fmt: skip


def _home(number: str) -> str:
    return reverse("referrals:of_case", args=[number])
