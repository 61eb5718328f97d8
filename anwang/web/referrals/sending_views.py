"""Referring somebody of a case: first to whom, by the published indicators; then what the receiver must know."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from anwang.access.viewer import Viewer
from anwang.cases import queries as cases
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.referrals import actions, queries, rules
from anwang.referrals.actions import ReferralIn
from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes

from .sheets import home, sheet

STEPS_DOWN = "vulnerable_family"


class ReferForm(forms.Form):
    """The indicators first, then the letter to the receiver."""

    unit = forms.OneOfMany(label=gettext_lazy("轉給哪個單位"))
    person = forms.OneOf(label=gettext_lazy("為了哪一位"), stacked=True)
    about = forms.TextField(
        label=gettext_lazy("對方看到的稱呼"), max_length=120,
        help_text=gettext_lazy("對方看不到案件，只看得到這張轉介單。"),
    )  # fmt: skip
    reach = forms.TextField(
        label=gettext_lazy("怎麼安全聯絡"), max_length=200, required=False,
        help_text=gettext_lazy("時段、稱呼、能不能留話。保密的去處不要寫。"),
    )  # fmt: skip
    topic = forms.CodeField("joining.topics", label=gettext_lazy("哪一個議題"))
    asks = forms.SomeOf(label=gettext_lazy("請對方做什麼"), stacked=True)
    words = forms.LongTextField(
        label=gettext_lazy("對方接不接要知道的"), max_length=3000, rows=6,
        help_text=gettext_lazy("發生什麼、已經做了什麼、他自己怎麼說。"),
    )  # fmt: skip
    urgency = forms.FewCodesField("referral.urgency", label=gettext_lazy("多急"))
    basis = forms.FewCodesField("referral.bases", label=gettext_lazy("依據"), stacked=True)
    basis_on = forms.RocDateField(
        label=gettext_lazy("哪一天同意的"), partial=False, future=False, required=False
    )  # fmt: skip
    basis_words = forms.TextField(label=gettext_lazy("哪一條法律"), max_length=200, required=False)
    effective_on = forms.RocDateField(
        label=gettext_lazy("哪一天起由對方接"), partial=False, required=False,
        help_text=gettext_lazy("轉銜才填；對方要在那一天之前接受。"),
    )  # fmt: skip
    transition = forms.OneOfMany(label=gettext_lazy("為了哪一個轉銜"), required=False)
    differs_because = forms.TextField(
        label=gettext_lazy("和指標不同的理由"), max_length=300, required=False
    )  # fmt: skip

    def __init__(
        self, *args: Any, kind: str, units: list[tuple[UUID, str, bool]], people: list[tuple[str, str]],
        plans: list[tuple[str, str]], asked: tuple[rules.Question, ...], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("請選一項")), *((str(key), _unit(name, on)) for key, name, on in units)]
        self.fields["person"].choices = [*people, ("", _("整個家庭"))]
        self.fields["person"].required = False
        self.fields["asks"].choices = codes("referral.asks")
        self.fields["transition"].choices = [("", _("沒有")), *plans]
        if not plans:
            del self.fields["transition"]
        self.asked = asked
        for one in asked:
            self.fields[f"q_{one.name}"] = forms.YesNoUnknownField(label=one.text)
            self.fields[f"q_{one.name}"].template_name = "shell/parts/field.html"
        if kind == STEPS_DOWN:
            self.fields["step_down"] = forms.TickField(label=_("這是兒保降階：要共訪、要回看"))
            self.fields["step_down"].template_name = "shell/parts/field.html"
        first = ["unit", *(f"q_{one.name}" for one in asked), "differs_because"]
        self.order_fields([*first, *(name for name in self.fields if name not in first)])

    def answers(self) -> dict[str, str]:
        """What was answered to the indicators."""
        return {one.name: self.cleaned_data[f"q_{one.name}"] for one in self.asked}


def _unit(name: str, on_system: bool) -> str:
    return name if on_system else _("%(unit)s（由你們代登回覆）") % {"unit": name}


@require_safe
@never_cache
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """To whom: kinds with their indicators, and the capacity of each unit."""
    with held():
        case = cases.page(request.viewer, number)
        context = {"case": case, "kinds": queries.kinds(request.viewer), "here": "/cases"}
        return render(request, "referrals/choose.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The referral to one kind of receiver."""
    viewer = request.viewer
    with held():
        case = cases.page(viewer, number)
        if rules.code(rules.KINDS, kind) is None:
            raise NotFound(_("沒有這種受轉介單位。"))
        form = _form(request, viewer, case, kind)

        def act(given: dict[str, Any]) -> str:
            made = actions.refer(case_id=case.id, given=_read(form, given, kind), by=viewer, at=clock.now())
            return home(queries.number_of(viewer, made.id))

        title = _("轉介到%(kind)s") % {"kind": rules.said(rules.KINDS, kind)}
        return sheet(
            request, form, title, _("送出轉介"), _("送出了。對方接受之前，由你們負責。"),
            reverse("referrals:of_case", args=[number]), act, _("你們的案件不動，對方只看得到這張單。"),
            _("對方接受之前，案件不能結。"), case=case,
        )  # fmt: skip


def _form(request: HttpRequest, viewer: Viewer, case: cases.CasePage, kind: str) -> ReferForm:
    side = queries.of_case(viewer, case.id)
    people = [(str(one.person_id), one.name) for one in case.subjects if one.person_id]
    plans = [
        (str(one.id), f"{one.kind}：{one.who} {one.on.isoformat()}") for one in side.plans if one.state == "planned"
    ]
    start = {"about": people[0][1] if len(people) == 1 else case.family}
    return ReferForm(
        request.POST or None, kind=kind, units=queries.units_of(viewer, kind), people=people, plans=plans,
        asked=queries.questions(viewer, kind), initial=start,
    )  # fmt: skip


def _read(form: ReferForm, given: dict[str, Any], kind: str) -> ReferralIn:
    return ReferralIn(
        to_kind=kind, to_unit_id=UUID(given["unit"]), topic=given["topic"], asks=given["asks"], words=given["words"],
        urgency=given["urgency"], basis=given["basis"], about=given["about"], reach=given["reach"],
        basis_on=given["basis_on"], basis_words=given["basis_words"],
        person_id=UUID(given["person"]) if given["person"] else None, answers=form.answers(),
        differs_because=given["differs_because"], effective_on=given["effective_on"],
        transition_id=UUID(given["transition"]) if given.get("transition") else None,
        is_step_down=bool(given.get("step_down")),
    )  # fmt: skip
