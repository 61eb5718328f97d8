"""Answering a referral: taken or sent back, by oneself or by proxy; asked about, sent on, given back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import Refused
from anwang.matters.holder import Holder
from anwang.matters.queries import colleagues
from anwang.referrals import actions, queries
from anwang.web.shell import forms

from .sheets import home, one, sheet

YES_NO = [("yes", gettext_lazy("接受")), ("no", gettext_lazy("退回"))]


class AnswerForm(forms.Form):
    """Taken, by whom; or sent back, why."""

    accept = forms.OneOf(choices=YES_NO, label=gettext_lazy("接不接"))
    worker = forms.OneOfMany(label=gettext_lazy("接受的話，由誰承辦"), required=False)
    reason = forms.CodeField("offer.decline_reasons", label=gettext_lazy("退回的話，為什麼"), required=False)
    words = forms.LongTextField(
        label=gettext_lazy("要告訴對方的話"), max_length=1000, required=False,
        help_text=gettext_lazy("退回時，請寫建議找哪個單位。"),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", _("先放在單位")), *((str(key), name) for key, name in people)]


class ProxyForm(forms.Form):
    """What a receiver without accounts said, who there, how."""

    accept = forms.OneOf(choices=YES_NO, label=gettext_lazy("對方接不接"))
    reason = forms.CodeField("offer.decline_reasons", label=gettext_lazy("退回的話，為什麼"), required=False)
    name = forms.TextField(label=gettext_lazy("對方誰回覆的"), max_length=60)
    how = forms.OneOf(
        choices=[("phone", gettext_lazy("電話")), ("letter", gettext_lazy("公文"))], label=gettext_lazy("怎麼回覆的")
    )
    ref = forms.TextField(label=gettext_lazy("電話號碼或公文文號"), max_length=60)
    words = forms.LongTextField(label=gettext_lazy("對方說什麼"), max_length=1000, required=False)
    at = forms.InstantField(label=gettext_lazy("什麼時候回覆的"))


class WordsForm(forms.Form):
    """Words to the other side."""

    words = forms.LongTextField(label=gettext_lazy("寫給對方"), max_length=1000)


class SendOnForm(forms.Form):
    """To whom instead; and the ground anew where consent named the former receiver."""

    unit = forms.OneOfMany(label=gettext_lazy("改送哪個單位"))
    kind = forms.CodeField("referral.kinds", label=gettext_lazy("是哪一種單位"), required=False)
    basis = forms.CodeField("referral.bases", label=gettext_lazy("新的依據"), required=False)
    basis_on = forms.RocDateField(
        label=gettext_lazy("哪一天同意的"), partial=False, future=False, required=False
    )  # fmt: skip
    basis_words = forms.TextField(label=gettext_lazy("哪一條法律"), max_length=200, required=False)
    words = forms.LongTextField(label=gettext_lazy("為什麼改送"), max_length=1000, required=False)


class GiveBackForm(forms.Form):
    """Why it is given back after it was taken."""

    reason = forms.CodeField("offer.decline_reasons", label=gettext_lazy("為什麼退回"))
    words = forms.LongTextField(label=gettext_lazy("已經做了什麼"), max_length=1000)


def answer(request: HttpRequest, number: str) -> HttpResponse:
    """The receiver's answer."""
    with held():
        page = one(request, number)
        _can(page, "answer")
        people = colleagues(request.viewer, page.to_unit_id)
        form = AnswerForm(request.POST or None, people=people)

        def act(given: dict[str, Any]) -> None:
            at, by = clock.now(), request.viewer
            if given["accept"] == "yes":
                to = Holder(page.to_unit_id, UUID(given["worker"])) if given["worker"] else None
                actions.accept(referral_id=page.id, by=by, at=at, to=to, words=given["words"])
            else:
                actions.send_back(referral_id=page.id, reason=given["reason"], by=by, at=at, words=given["words"])

        return sheet(
            request, form, _("接不接這件轉介"), _("回覆"), _("回覆了，送出的單位看得到。"), _after(page), act,
            _("接受之後，首次聯繫和結果由你們回饋。"), r=page,
        )  # fmt: skip


def proxy(request: HttpRequest, number: str) -> HttpResponse:
    """代登."""
    with held():
        page = one(request, number)
        _can(page, "proxy")
        form = ProxyForm(request.POST or None)

        def act(given: dict[str, Any]) -> None:
            said = {
                "referral_id": page.id, "name": given["name"], "how": given["how"], "ref": given["ref"],
                "by": request.viewer, "at": given["at"], "words": given["words"],
            }  # fmt: skip
            if given["accept"] == "yes":
                actions.accept_by_proxy(**said)
            else:
                actions.send_back_by_proxy(**said, reason=given["reason"])

        return sheet(
            request, form, _("代登對方的回覆"), _("記下回覆"), _("記下了。"), home(number), act,
            _("對方接受之後，仍由你們追到有結果。"), r=page,
        )  # fmt: skip


def ask_back(request: HttpRequest, number: str) -> HttpResponse:
    """The receiver asks before it answers."""
    with held():
        page = one(request, number)
        _can(page, "ask_back")

        def act(given: dict[str, Any]) -> None:
            actions.ask_back(referral_id=page.id, words=given["words"], by=request.viewer, at=clock.now())

        return sheet(
            request, WordsForm(request.POST or None), _("先問對方"), _("送出問題"), _("問了，等對方補充。"),
            home(number), act, _("回覆期限不因為問而停。"), r=page,
        )  # fmt: skip


def reply(request: HttpRequest, number: str) -> HttpResponse:
    """The sender answers what was asked."""
    with held():
        page = one(request, number)
        _can(page, "reply")

        def act(given: dict[str, Any]) -> None:
            actions.reply(referral_id=page.id, words=given["words"], by=request.viewer, at=clock.now())

        return sheet(
            request, WordsForm(request.POST or None), _("補充說明"), _("送出說明"), _("送出了，對方看得到。"),
            home(number), act, r=page,
        )  # fmt: skip


def send_on(request: HttpRequest, number: str) -> HttpResponse:
    """改送."""
    with held():
        page = one(request, number)
        _can(page, "send_on")
        form = SendOnForm(request.POST or None)
        form.fields["unit"].choices = [("", _("請選一項")), *_others(request, page)]

        def act(given: dict[str, Any]) -> None:
            actions.send_on(
                referral_id=page.id, to_unit_id=UUID(given["unit"]), by=request.viewer, at=clock.now(),
                words=given["words"], to_kind=given["kind"], basis=given["basis"], basis_on=given["basis_on"],
                basis_words=given["basis_words"],
            )  # fmt: skip

        aside = [_("第一次送出的期限還有剩，就接著算。")]
        if page.names_receiver:
            aside.insert(0, _("當事人只同意原來的單位，改送要再問過他。"))
        return sheet(request, form, _("改送別的單位"), _("改送"), _("改送了。"), _after(page), act, *aside, r=page)


def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """接了又退回."""
    with held():
        page = one(request, number)
        _can(page, "give_back")

        def act(given: dict[str, Any]) -> None:
            actions.give_back(
                referral_id=page.id, reason=given["reason"], words=given["words"], by=request.viewer, at=clock.now()
            )  # fmt: skip

        return sheet(
            request, GiveBackForm(request.POST or None), _("接了又要退回"), _("退回"), _("退回了，由送出的單位負責。"),
            _after(page), act, _("送出的單位已經結案時，不能退回。"), r=page,
        )  # fmt: skip


def _others(request: HttpRequest, page: queries.ReferralPage) -> list[tuple[str, str]]:
    found = {str(key): name for key, name in queries.units_in_county(request.viewer)}
    found.pop(str(page.to_unit_id), None)
    return list(found.items())


def _after(page: queries.ReferralPage) -> str:
    """Where to go when the referral may be closed to the viewer from now on."""
    return home(page.number) if "case" in page.can else reverse("referrals:index")


def _can(page: queries.ReferralPage, act: str) -> None:
    if act not in page.can:
        raise Refused(_("現在不能這樣做。請重新整理，看這件轉介到哪裡了。"))
