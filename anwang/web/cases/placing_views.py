"""Placement with its excluded minutes, and notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.cases import actions, queries
from anwang.cases.actions import Consent, Excluded, Place
from anwang.cases.queries import CasePage
from anwang.cases.states import Living, NoticeWay
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.intake.queries.telling import tells_reporter
from anwang.web.shell import forms, words

from .filling import Sheet, fill, known


class ExcludedForm(forms.Form):
    """Minutes that do not count, and why."""

    reason = forms.FewCodesField("placement.excluded_reasons", stacked=True, label=gettext_lazy("為什麼不計入"))
    minutes = forms.WholeNumberField(least=1, most=9999, label=gettext_lazy("幾分鐘"))
    words = forms.TextField(label=gettext_lazy("說明"), required=False)


class PlaceForm(forms.Form):
    """Who, when, what kind of place, on what ground, whose consent; the address goes into the safety zone."""

    subject = forms.OneOf(label=gettext_lazy("安置哪一位"))
    placed_at = forms.InstantField(label=gettext_lazy("安置時間"))
    kind = forms.CodeField("placement.kind", label=gettext_lazy("安置類型"))
    basis = forms.FewCodesField("placement.basis", stacked=True, label=gettext_lazy("依據"))
    is_emergency = forms.OneOf(
        choices=[("yes", gettext_lazy("緊急安置（有期限）")), ("no", gettext_lazy("其他安置"))],
        label=gettext_lazy("性質"),
    )
    excluded_minutes = forms.WholeNumberField(
        required=False,
        label=gettext_lazy("不計入的分鐘"),
        help_text=gettext_lazy("在途、交通障礙、不可抗力。沒有就不填。"),
    )
    excluded_reason = forms.FewCodesField(
        "placement.excluded_reasons", required=False, stacked=True, label=gettext_lazy("不計入的原因")
    )
    consent_by = forms.OneOfMany(required=False, label=gettext_lazy("哪位督導同意"))
    consent_at = forms.InstantField(
        required=False, initial=None, label=gettext_lazy("電話同意的時間"),
        help_text=gettext_lazy("日期不填，就是安置那一天。"),
    )  # fmt: skip
    pupil = forms.YesNoUnknownField(label=gettext_lazy("在學"))
    parents_known = forms.YesNoUnknownField(label=gettext_lazy("通知得到父母或監護人"))
    address = forms.TextField(
        label=gettext_lazy("處所地址"),
        required=False,
        help_text=gettext_lazy("只存在安全區，不會出現在任何清單和列印。"),
    )
    ask_whom = forms.TextField(
        label=gettext_lazy("別人要找時洽誰"), required=False, help_text=gettext_lazy("單位和電話。"), max_length=80
    )  # fmt: skip

    def __init__(
        self, data: QueryDict | None = None, *, case: CasePage, supervisors: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        if data and data.get("consent_at_time") and not data.get("consent_at_day"):
            data = data.copy()
            data["consent_at_day"] = data.get("placed_at_day", "")
        super().__init__(data, **kwargs)
        self.fields["subject"].choices = [(one.person_id.hex, one.name) for one in case.subjects if one.person_id]
        self.fields["consent_by"].choices = [("", _("還沒有問")), *supervisors]


class GoOnForm(forms.Form):
    """The court's order: its day, when it became known here, and until when."""

    ruled_on = forms.RocDateField(label=gettext_lazy("法院哪一天裁定"), partial=False, future=False)
    at = forms.InstantField(label=gettext_lazy("什麼時候收到或知道"))
    until = forms.RocDateField(label=gettext_lazy("繼續安置到哪一天"), partial=False)
    order_number = forms.TextField(label=gettext_lazy("法院裁定的字號"), max_length=60)


class EndForm(forms.Form):
    """How the placement ended and where the person lives now."""

    reason = forms.CodeField("placement.ended", label=gettext_lazy("怎麼結束"))
    at = forms.InstantField(label=gettext_lazy("結束時間"))
    living = forms.OneOf(choices=Living.choices, stacked=True, label=gettext_lazy("接下來住哪裡"))


class NoticeForm(forms.Form):
    """To whom, how, number, when."""

    about = forms.OneOf(label=gettext_lazy("為了哪件事"), stacked=True)
    kind = forms.FewCodesField("notice.kind", stacked=True, label=gettext_lazy("通知誰"))
    to_whom = forms.TextField(label=gettext_lazy("收受的機關或人"), max_length=120)
    way = forms.OneOf(choices=NoticeWay.choices, label=gettext_lazy("怎麼通知"))
    number = forms.TextField(label=gettext_lazy("文號"), required=False, max_length=60)
    sent_at = forms.InstantField(label=gettext_lazy("通知時間"))
    words = forms.TextField(
        label=gettext_lazy("附註"), required=False, help_text=gettext_lazy("通知父母時不可寫安置處所。"), max_length=300
    )  # fmt: skip

    def __init__(self, *args: Any, case: CasePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = [(str(one.id), _("%(name)s的安置") % {"name": one.name}) for one in case.placements]
        self.fields["about"].choices = [*running, (str(case.id), _("這個案件"))]


def place(request: HttpRequest, number: str) -> HttpResponse:
    """Begin a placement; its limit and notices become duties."""
    page = queries.page(request.viewer, number)
    named = [(str(id_), name) for id_, name in queries.supervisors(request.viewer) if id_ != request.viewer.worker_id]
    form = PlaceForm(request.POST or None, case=page, supervisors=named)

    def act(given: dict[str, Any]) -> None:
        excluded = []
        if given["excluded_minutes"]:
            excluded.append(Excluded(given["excluded_reason"], given["excluded_minutes"]))
        consent = None
        if given["consent_by"] and given["consent_at"]:
            consent = Consent(UUID(given["consent_by"]), dict(named)[given["consent_by"]], given["consent_at"])
        where = Place(
            given["kind"], given["basis"], given["placed_at"], given["is_emergency"] == "yes",
            pupil=known(given["pupil"]), parents_known=known(given["parents_known"]), address=given["address"],
            ask_whom=given["ask_whom"],
        )  # fmt: skip
        actions.place(
            case_id=page.id, person_id=UUID(given["subject"]), where=where, by=request.viewer, excluded=excluded,
            consent=consent,
        )  # fmt: skip

    sheet = _sheet(number, _("安置"), _("記下安置"), _("記下了，期限和通知已列入應辦事項。"))
    return fill(request, form, sheet, act, case=page)


def exclude(request: HttpRequest, number: str, placement_id: UUID) -> HttpResponse:
    """More minutes that do not count."""
    page = queries.page(request.viewer, number)
    form = ExcludedForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        excluded = Excluded(given["reason"], given["minutes"], given["words"])
        actions.exclude_time(placement_id=placement_id, excluded=excluded, by=request.viewer, at=clock.now())

    return fill(request, form, _sheet(number, _("不計入的時間"), _("加上這些分鐘"), _("期限已重算。")), act, case=page)


def go_on(request: HttpRequest, number: str, placement_id: UUID) -> HttpResponse:
    """The court lets the placement go on."""
    page = queries.page(request.viewer, number)
    form = GoOnForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.continue_placement(placement_id=placement_id, by=request.viewer, **given)

    return fill(request, form, _sheet(number, _("繼續安置"), _("記下法院裁定"), _("記下了。")), act, case=page)


def end(request: HttpRequest, number: str, placement_id: UUID) -> HttpResponse:
    """End a placement."""
    page = queries.page(request.viewer, number)
    form = EndForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.end_placement(placement_id=placement_id, by=request.viewer, **given)

    return fill(request, form, _sheet(number, _("結束安置"), _("結束這件安置"), _("安置結束了。")), act, case=page)


def notice(request: HttpRequest, number: str) -> HttpResponse:
    """Record a notice that went out."""
    page = queries.page(request.viewer, number)
    given = {name: request.GET[name] for name in ("about", "kind") if name in request.GET}
    form = NoticeForm(request.POST or None, case=page, initial=given)

    def act(given: dict[str, Any]) -> None:
        about = UUID(given.pop("about"))
        actions.record_notice(matter_id=about, by=request.viewer, **given)

    aside = (_("要發公文，從案件的「安置」按「擬通知函」；發出後會自動記下。"),) if page.placements else ()
    sheet = Sheet(_("記一次通知"), _("記下通知"), _("記下了。"), reverse("cases:case", args=[number]), aside=aside)
    return fill(request, form, sheet, act, case=page)


class NoticeLetterForm(forms.Form):
    """Who is told by letter of an emergency placement, by name, and one sentence more."""

    kind = forms.OneOf(stacked=True, label=gettext_lazy("通知誰"))
    to_whom = forms.TextField(
        label=gettext_lazy("收受的機關或人"), max_length=80, help_text=gettext_lazy("照信封上的寫法。")
    )
    words = forms.LongTextField(
        label=gettext_lazy("還要說的一句話"), required=False, max_length=300, rows=3,
        help_text=gettext_lazy("不可寫安置處所、通報人，也不寫別人的姓名。"),
    )  # fmt: skip

    def __init__(self, *args: Any, case: CasePage, placement_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = {one.rule_id: one.due_at for one in case.duties if one.matter_id == placement_id}
        self.fields["kind"].choices = [
            (code, _by_when(label, due.get(f"placement.notice_{code}")))
            for code, label in forms.CodeField("notice.kind").choices
            if code in actions.LETTER_OF
        ]


def _by_when(label: str, due: datetime | None) -> str:
    if due is None:
        return label
    return _("%(whom)s（要在%(when)s前）") % {"whom": label, "when": words.instant(due, deadline=True)}


def notice_letter(request: HttpRequest, number: str, placement_id: UUID) -> HttpResponse:
    """Draft the letter that tells of a placement; it is numbered, printed and sent in the register."""
    page = queries.page(request.viewer, number)
    form = NoticeLetterForm(request.POST or None, case=page, placement_id=placement_id)

    def act(given: dict[str, Any]) -> str:
        if tells_reporter(request.viewer, page.id, given["words"]):
            raise BadInput(_("內容寫到通報人。請刪掉，需要時口頭說明。"), field="words")
        paper = actions.draft_notice(placement_id=placement_id, by=request.viewer, at=clock.now(), **given)
        return reverse("papers:paper", args=[paper.id])

    aside = (_("函裡寫從何時起、期限到何時，不寫處所。"), _("取號、列印、發出都在公文。發出後，通知自動記在案件。"))
    sheet = Sheet(
        _("緊急安置的通知函"), _("擬稿，先看一遍"), _("函稿好了。看過再取號。"), reverse("cases:case", args=[number]),
        aside=aside,
    )  # fmt: skip
    return fill(request, form, sheet, act, case=page)


def _sheet(number: str, title: str, go: str, saved: str) -> Sheet:
    return Sheet(title, go, saved, reverse("cases:case", args=[number]))
