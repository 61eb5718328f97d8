"""Notices that somebody comes home: taken in at the front desk, told to her by whoever works for her."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anwang.enactments.queries import held
from anwang.referrals import actions, policies, queries
from anwang.referrals.actions import NoticeIn
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell import forms

from .sheets import sheet


class NoticeForm(forms.Form):
    """Who told, who comes home, by when, by which letter."""

    source = forms.CodeField("release.sources", label=gettext_lazy("誰通知的"))
    from_whom = forms.TextField(label=gettext_lazy("機關、聯絡人和電話"), max_length=80)
    number = forms.TextField(label=gettext_lazy("公文文號"), max_length=60, required=False)
    who = forms.PersonNameField(label=gettext_lazy("誰要回來"))
    person_number = forms.NationalIdField(label=gettext_lazy("證號"), required=False)
    born_on = forms.RocDateField(label=gettext_lazy("出生日"), partial=False, future=False, required=False)
    home_at = forms.InstantField(
        label=gettext_lazy("預定什麼時候離開"), future=True, initial=None, required=False,
        help_text=gettext_lazy("已經離開或不知道就留空白。"),
    )  # fmt: skip
    received_at = forms.InstantField(label=gettext_lazy("什麼時候接到通知"))


class CallForm(forms.Form):
    """A try to tell her, with its result."""

    result = forms.FewCodesField("release.calls", label=gettext_lazy("結果"), stacked=True)
    plan_gone_through = forms.TickField(label=gettext_lazy("一起看過安全計畫"))
    words = forms.LongTextField(label=gettext_lazy("她怎麼說、怎麼打算"), max_length=500, required=False)
    at = forms.InstantField(label=gettext_lazy("什麼時候打的"))


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Notices the viewer holds."""
    with held():
        rows = queries.notices(request.viewer)
        context = {
            "open": [one for one in rows if not one.result], "over": [one for one in rows if one.result],
            "may_take": bool(policies.may_take_notice(request.viewer)), "here": "/referrals",
        }  # fmt: skip
        return render(request, "referrals/notices.html", context)


def take(request: HttpRequest) -> HttpResponse:
    """A notice arrived. Whoever enters it learns nothing of whom it concerns."""
    with held():
        policies.may_take_notice(request.viewer).enforce()

        def act(given: dict[str, Any]) -> None:
            actions.take_notice(given=NoticeIn(**given), by=request.viewer)

        return sheet(
            request, NoticeForm(request.POST or None), _("有人要回來了"), _("登錄，立即轉知"),
            _("登錄了。由承辦人在他到家前通知。"), reverse("referrals:notices"), act,
            _("被害人的承辦人會馬上收到應辦事項。"), _("沒有承辦人時，由值班台找出要通知誰。"),
        )  # fmt: skip


def notice(request: HttpRequest, number: str) -> HttpResponse:
    """One notice with its calls; a POST logs one more."""
    with held():
        page = queries.notice(request.viewer, number, may_log=policies.may_log)
        form = CallForm(request.POST or None)

        def act(given: dict[str, Any]) -> None:
            actions.log_call(
                notice_id=page.id, result=given["result"], words=given["words"], at=given["at"],
                plan_gone_through=given["plan_gone_through"], by=request.viewer,
            )  # fmt: skip

        back = reverse("referrals:notice", args=[number])
        said = Sheet(_("他要回來了"), _("記下通知"), _("記下了。"), back, template="referrals/notice.html")
        return fill(request, form, said, act, n=page, here="/referrals")
