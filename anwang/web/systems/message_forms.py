"""What is asked about endpoints, messages and uploads."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anwang.foundation import clock
from anwang.systems.events import EndpointKind, GivenUp, Told
from anwang.uploads.states import Failure, Way
from anwang.web.shell import forms


class EndpointForm(forms.Form):
    """開一個端點: where a system takes its messages."""

    kind = forms.OneOf(label=_("怎麼收"), choices=EndpointKind.choices)
    address = forms.TextField(
        label=_("網址"), max_length=300, required=False, help_text=_("https開頭；每日檔案不用填。")
    )
    events = forms.SomeOf(label=_("要通知哪些事"), choices=Told.choices, stacked=True)


class ReasonForm(forms.Form):
    """Why a message is not sent any more, or what was done about one that came in."""

    reason = forms.OneOf(label=_("理由"), choices=GivenUp.choices, stacked=True)


class UploadedForm(forms.Form):
    """It went in."""

    way = forms.OneOf(label=_("怎麼上傳的"), choices=Way.choices)
    central_number = forms.TextField(
        label=_("中央編號"), max_length=40, help_text=_("照中央系統畫面抄，英數字和橫線。")
    )
    at = forms.InstantField(label=_("上傳時間"), initial=clock.now)


class FailedForm(forms.Form):
    """It did not go in. Stands beside the other form, so its fields have ids of their own."""

    way = forms.OneOf(label=_("怎麼送的"), choices=Way.choices)
    failure = forms.OneOf(label=_("為什麼沒成功"), choices=Failure.choices, stacked=True)
    at = forms.InstantField(label=_("試的時間"), initial=clock.now)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="failed_%s", **kwargs)
