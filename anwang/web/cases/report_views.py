"""Investigation, assessment, decision to open, grade."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.cases import actions, queries, words
from anwang.cases.actions import Investigated, Safety
from anwang.cases.queries import CasePage, SubjectLine
from anwang.cases.states import AssessmentForm as Which
from anwang.cases.states import Capacity
from anwang.foundation import clock
from anwang.instruments.queries import Index, index_of
from anwang.intake.actions import grade_in_case
from anwang.web.shell import forms

from .filling import Sheet, fill
from .safety_form import ask_safety, put, safety_of

CLASSES = [
    ("one", gettext_lazy("第一類（照顧者或家人造成）")),
    ("two", gettext_lazy("第二類（其他人或本人造成）")),
    ("three", gettext_lazy("第三類（其他）")),
]
SAFE_KIND = "child_protection"
"""The kind of case whose reports owe a safety result per child."""
GRADES = [("one", gettext_lazy("第一級")), ("two", gettext_lazy("第二級"))]


class InvestigationForm(forms.Form):
    """The investigation report; per person a safety result, and why somebody was not seen."""

    marks_optional = False
    class_code = forms.OneOf(choices=CLASSES, stacked=True, label=gettext_lazy("哪一類"))
    visit_record = forms.LongTextField(
        label=gettext_lazy("訪視調查紀錄（第一類）"), required=False, max_length=20000, rows=12
    )
    statements = forms.LongTextField(
        label=gettext_lazy("當事人敘述及訪談過程（第二類）"), required=False, max_length=20000, rows=8
    )
    evidence = forms.LongTextField(label=gettext_lazy("事證（第二類）"), required=False, max_length=20000)
    result = forms.LongTextField(label=gettext_lazy("調查結果"), required=False, max_length=20000, rows=6)
    enquiries = forms.LongTextField(label=gettext_lazy("聯繫、查詢紀錄（第三類）"), required=False, max_length=20000)
    advice = forms.LongTextField(label=gettext_lazy("後續處置建議"), required=False, max_length=20000)
    words = forms.TextField(label=gettext_lazy("給督導的話"), required=False)

    def __init__(self, *args: Any, case: CasePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = [one for one in case.subjects if one.person_id]
        for one in self.people:
            self._ask_for(one)

    def _ask_for(self, one: SubjectLine) -> None:
        if one.unseen:
            put(self, f"why_{one.id.hex}", forms.OneOf(
                choices=words.not_seen_reasons(looked_for=True), required=False, stacked=True,
                label=_("%(name)s還沒當面見到，原因是") % {"name": one.name},
            ))  # fmt: skip
        ask_safety(self, one)

    def subjects(self) -> list[Investigated]:
        """The answers per person."""
        given = self.cleaned_data
        return [
            Investigated(one.id, given.get(f"why_{one.id.hex}") or "", safety_of(given, one.id.hex))
            for one in self.people
        ]


class AssessmentForm(forms.Form):
    """Four parts, one report."""

    form = forms.OneOf(choices=Which.choices, label=gettext_lazy("哪一種報告"))
    facts = forms.LongTextField(label=gettext_lazy("通報事由確認"), max_length=20000, rows=6)
    needs = forms.LongTextField(label=gettext_lazy("問題診斷與評估"), max_length=20000, rows=8)
    goals = forms.LongTextField(label=gettext_lazy("服務目標"), max_length=20000)
    plan = forms.LongTextField(label=gettext_lazy("服務計畫"), max_length=20000, rows=6)
    words = forms.TextField(label=gettext_lazy("給督導的話"), required=False)

    def __init__(self, *args: Any, case: CasePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = [one for one in case.subjects if one.person_id] if case.kind == SAFE_KIND else []
        for one in self.people:
            ask_safety(self, one, required=not one.safety_code)
        self.order_fields([*(name for name in self.fields if name != "words"), "words"])

    def safety(self) -> list[tuple[UUID, Safety]]:
        """The safety result of each child that was looked at again."""
        given = ((one.id, safety_of(self.cleaned_data, one.id.hex)) for one in self.people)
        return [(key, safety) for key, safety in given if safety]


class DecisionForm(forms.Form):
    """成案 or 未成案, with grounds."""

    decision = forms.OneOf(
        choices=[("opened", gettext_lazy("成案")), ("not_opened", gettext_lazy("不成案"))], label=gettext_lazy("決定")
    )
    open_grounds = forms.SomeOf(
        choices=lambda: words.labels("case.open_grounds"),
        required=False,
        stacked=True,
        label=gettext_lazy("成案的理由"),
    )
    not_open_reasons = forms.SomeOf(
        choices=lambda: words.labels("case.not_open_reasons"), required=False, stacked=True,
        label=gettext_lazy("不成案的理由"), help_text=gettext_lazy("兒少不能因為家長拒絕就不成案。"),
    )  # fmt: skip
    can_decide = forms.OneOf(
        choices=Capacity.choices, initial=Capacity.UNKNOWN.value, required=False,
        label=gettext_lazy("拒絕服務的人能不能自己決定"),
    )  # fmt: skip
    risk_assessed = forms.TickField(label=gettext_lazy("已評估危險並訂安全計畫"))
    rights_told = forms.TickField(label=gettext_lazy("已告知權利、救濟和怎麼回來"))
    words = forms.TextField(
        label=gettext_lazy("給督導的話"), required=False,
        help_text=gettext_lazy("以已在案不成案、又還沒見到人時，寫他本人進行中的案號。"),
    )  # fmt: skip


class GradeForm(forms.Form):
    """A new grade and class with the reason."""

    grade = forms.OneOf(choices=GRADES, label=gettext_lazy("級別"))
    class_code = forms.OneOf(choices=CLASSES, stacked=True, label=gettext_lazy("類別"))
    reason = forms.TextField(label=gettext_lazy("為什麼是這一級、這一類"))


def investigation(request: HttpRequest, number: str) -> HttpResponse:
    """Hand in the investigation report; it goes to the supervisor."""
    page = queries.page(request.viewer, number)
    form = InvestigationForm(request.POST or None, case=page)

    def act(given: dict[str, Any]) -> None:
        actions.submit_investigation(
            case_id=page.id, class_code=given["class_code"], parts=given, subjects=form.subjects(), by=request.viewer,
            at=clock.now(), words=given["words"],
        )  # fmt: skip

    return fill(request, form, _sheet(number, _("調查報告"), _("送督導審核"), _("送審了。")), act, case=page)


def assessment(request: HttpRequest, number: str) -> HttpResponse:
    """Hand in a report in four parts, for the case or its running placement."""
    page = queries.page(request.viewer, number)
    form = AssessmentForm(request.POST or None, initial={"form": _form_of(page)}, case=page)

    def act(given: dict[str, Any]) -> None:
        parts = {part: given[part] for part in ("form", "facts", "needs", "goals", "plan", "words")}
        running = next((one.id for one in page.placements if not one.ended or one.due_at), None)
        is_about_placement = given["form"] == Which.PLACEMENT and running
        matter_id = running if is_about_placement else page.id
        index = index_of(request.viewer, page.id) if given["form"] == Which.VULNERABLE_FAMILY else Index()
        actions.submit_assessment(
            matter_id=matter_id, by=request.viewer, at=clock.now(), safety=form.safety(),
            index_proposed=index.proposed, index_chosen=index.chosen, index_because=index.because, **parts,
        )  # fmt: skip

    return fill(request, form, _sheet(number, _("評估報告"), _("送督導審核"), _("送審了。")), act, case=page)


def _form_of(page: CasePage) -> str:
    if page.phase == "after_care":
        return Which.AFTER_CARE
    return Which.VULNERABLE_FAMILY if page.kind == "vulnerable_family" else Which.GENERAL


def decision(request: HttpRequest, number: str) -> HttpResponse:
    """Propose to open a case or not; the supervisor decides."""
    page = queries.page(request.viewer, number)
    form = DecisionForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        grounds = given["open_grounds"] if given["decision"] == "opened" else given["not_open_reasons"]
        actions.decide_opening(
            case_id=page.id, decision=given["decision"], grounds=grounds, words=given["words"], by=request.viewer,
            at=clock.now(), can_decide=given["can_decide"] or "unknown", risk_assessed=given["risk_assessed"],
            rights_told=given["rights_told"],
        )  # fmt: skip

    return fill(request, form, _sheet(number, _("成案或不成案"), _("送督導審核"), _("送審了。")), act, case=page)


def grade(request: HttpRequest, number: str, subject_id: UUID) -> HttpResponse:
    """Grade somebody anew, also for a report that still owes it; new clocks begin, old reports stay."""
    page = queries.page(request.viewer, number)
    one = next((one for one in page.subjects if one.id == subject_id), None)
    form = GradeForm(
        request.POST or None, initial={"grade": one.grade_code, "class_code": one.class_code} if one else None
    )  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        grade_in_case(subject_id=subject_id, by=request.viewer, at=clock.now(), **given)

    name = {"name": one.name if one else ""}
    title = _("%(name)s重新分級分類") % name if one and one.grade_code else _("%(name)s分級分類") % name
    return fill(request, form, _sheet(number, title, _("定為這一級"), _("記下了，期限已重算。")), act, case=page)


def _sheet(number: str, title: str, go: str, saved: str) -> Sheet:
    return Sheet(title, go, saved, reverse("cases:case", args=[number]))
