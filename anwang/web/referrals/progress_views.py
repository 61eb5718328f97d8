"""What becomes of a referral: first contact, visit together, look-back, outcome, own case; or it is given up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.matters.queries import colleagues
from anwang.referrals import actions
from anwang.web.shell import forms

from .answer_views import _after, _can
from .sheets import home, one, sheet


class ContactForm(forms.Form):
    """When and how the person was reached; who said so, where it is entered for the receiver."""

    words = forms.LongTextField(label=gettext_lazy("怎麼聯繫到、談好什麼"), max_length=1000)
    ref = forms.TextField(label=gettext_lazy("代登：對方誰說的、電話"), max_length=80, required=False)
    at = forms.InstantField(label=gettext_lazy("什麼時候聯繫的"))


class TogetherForm(forms.Form):
    """Who went, whom they saw, what was agreed."""

    words = forms.LongTextField(label=gettext_lazy("誰一起去、看到誰、講好什麼"), max_length=1000)
    at = forms.InstantField(label=gettext_lazy("什麼時候去的"))


class LookBackForm(forms.Form):
    """How it goes now, and with which outcome the step-down ends."""

    words = forms.LongTextField(label=gettext_lazy("問了誰、現在怎麼樣"), max_length=1000)
    outcome = forms.FewCodesField("referral.outcomes", label=gettext_lazy("結果"), stacked=True)
    at = forms.InstantField(label=gettext_lazy("什麼時候問的"))


class OutcomeForm(forms.Form):
    """What became of it."""

    outcome = forms.FewCodesField("referral.outcomes", label=gettext_lazy("結果"), stacked=True)
    words = forms.LongTextField(label=gettext_lazy("給送出單位的話"), max_length=1000, required=False)
    ref = forms.TextField(label=gettext_lazy("代登：對方誰說的、電話"), max_length=80, required=False)
    at = forms.InstantField(label=gettext_lazy("什麼時候有結果的"))


class GiveUpForm(forms.Form):
    """Why nobody else is asked any more."""

    reason = forms.FewCodesField("referral.give_up", label=gettext_lazy("為什麼不再轉介"), stacked=True)
    words = forms.LongTextField(label=gettext_lazy("接下來怎麼辦"), max_length=1000, required=False)


class OpenForm(forms.Form):
    """Who of the unit serves the new case."""

    worker = forms.OneOfMany(label=gettext_lazy("由誰承辦"))


def contact(request: HttpRequest, number: str) -> HttpResponse:
    """首次聯繫."""
    with held():
        page = one(request, number)
        _can(page, "contact")

        def act(given: dict[str, Any]) -> None:
            actions.contacted(
                referral_id=page.id, words=given["words"], ref=given["ref"], by=request.viewer, at=given["at"]
            )  # fmt: skip

        form = ContactForm(request.POST or None)
        if page.on_system:
            del form.fields["ref"]
        return sheet(
            request, form, _("首次聯繫"), _("回饋"), _("回饋了，送出的單位看得到。"), home(number),
            lambda given: act({"ref": "", **given}), r=page,
        )  # fmt: skip


def together(request: HttpRequest, number: str) -> HttpResponse:
    """共同訪視."""
    with held():
        page = one(request, number)
        _can(page, "together")

        def act(given: dict[str, Any]) -> None:
            actions.visited_together(referral_id=page.id, words=given["words"], by=request.viewer, at=given["at"])

        return sheet(
            request, TogetherForm(request.POST or None), _("共同訪視過了"), _("記下共訪"), _("記下了，可以送結案。"),
            home(number), act, _("共訪之後，兒保才能以降階結案。"), r=page,
        )  # fmt: skip


def look_back(request: HttpRequest, number: str) -> HttpResponse:
    """回看."""
    with held():
        page = one(request, number)
        _can(page, "look_back")

        def act(given: dict[str, Any]) -> None:
            actions.looked_back(
                referral_id=page.id, words=given["words"], outcome=given["outcome"], by=request.viewer, at=given["at"]
            )  # fmt: skip

        return sheet(
            request, LookBackForm(request.POST or None), _("降階後回看"), _("記下回看，結束轉介"), _("結束了。"),
            home(number), act, r=page,
        )  # fmt: skip


def close(request: HttpRequest, number: str) -> HttpResponse:
    """結果."""
    with held():
        page = one(request, number)
        _can(page, "close")

        def act(given: dict[str, Any]) -> None:
            actions.close(
                referral_id=page.id, outcome=given["outcome"], words=given["words"], ref=given["ref"],
                by=request.viewer, at=given["at"],
            )  # fmt: skip

        form = OutcomeForm(request.POST or None)
        if page.on_system:
            del form.fields["ref"]
        return sheet(
            request, form, _("這件轉介的結果"), _("回饋結果，結束轉介"), _("結束了，送出的單位看得到。"), _after(page),
            lambda given: act({"ref": "", **given}), r=page,
        )  # fmt: skip


def give_up(request: HttpRequest, number: str) -> HttpResponse:
    """不再轉介."""
    with held():
        page = one(request, number)
        _can(page, "give_up")

        def act(given: dict[str, Any]) -> None:
            actions.give_up(
                referral_id=page.id, reason=given["reason"], words=given["words"], by=request.viewer, at=clock.now()
            )  # fmt: skip

        return sheet(
            request, GiveUpForm(request.POST or None), _("不再轉介"), _("不再轉介，由我們負責"),
            _("記下了，由你們負責。"), home(number), act, r=page,
        )  # fmt: skip


def open_case(request: HttpRequest, number: str) -> HttpResponse:
    """The receiver's own case."""
    with held():
        page = one(request, number)
        _can(page, "open")
        form = OpenForm(request.POST or None)
        form.fields["worker"].choices = [
            ("", _("請選一項")), *((str(key), name) for key, name in colleagues(request.viewer, page.to_unit_id))
        ]  # fmt: skip

        def act(given: dict[str, Any]) -> None:
            actions.open_case_here(
                referral_id=page.id, worker_id=UUID(given["worker"]), by=request.viewer, at=clock.now()
            )  # fmt: skip

        return sheet(
            request, form, _("開我們自己的案"), _("開案"), _("開案了，由承辦人接著辦。"), home(number), act,
            _("期限從接受那時起算。"), r=page,
        )  # fmt: skip
