"""What the desk of meetings of policy asks. Choices of a day are set by the view."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anwang.minutes.reading.times import time_in
from anwang.minutes.states import Attends, Came, ItemKind, Level, Settled, TrackingWord
from anwang.web.shell import forms

Choices = list[tuple[str, str]]


class ClockField(forms.TextField):
    """A time of the day, as 14:30 or 下午2時30分."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("例如09:30或下午2時30分。"))
        super().__init__(max_length=20, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = time_in(text)
        if found is None:
            raise ValidationError(_now("請填幾點幾分，例如14:30或下午2點30分。"), code="time")
        return time.fromisoformat(found)


class Chosen(forms.Form):
    """A form whose choices the view brings, by the name of the field."""

    def __init__(self, *args: Any, choices: dict[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (choices or {}).items():
            is_long = isinstance(self.fields[name], forms.OneOfMany) and not any(key == "" for key, _words in found)
            self.fields[name].choices = [("", _("請選一項")), *found] if is_long else found


class BringForm(Chosen):
    """A file of minutes, and for which unit it is kept."""

    file = django_forms.FileField(
        label=_("會議紀錄檔案"), allow_empty_file=True, help_text=_("文字、PDF、ODT、DOCX、Markdown，最多20MB。")
    )
    unit = forms.OneOf(label=_("哪個單位保管"), stacked=True)


class SettleForm(forms.Form):
    """How a person settles what is uncertain."""

    how = forms.OneOf(
        label=_("這一處"), stacked=True, choices=[one for one in Settled.choices if one[0]]
    )  # fmt: skip
    words = forms.TextField(label=_("說明"), max_length=400, required=False, help_text=_("更正了什麼，或已請誰更正。"))


class HeadForm(forms.Form):
    """What was read of the head of minutes."""

    marks_optional = False
    title = forms.LongTextField(label=_("會議名稱"), max_length=400, rows=2)
    number = forms.WholeNumberField(label=_("第幾次"), least=1, most=2000, required=False)
    met_on = forms.RocDateField(label=_("開會日期"), partial=False, required=False)
    start_time = ClockField(label=_("開始"), required=False)
    adjourned_time = ClockField(label=_("散會"), required=False)
    further_days = forms.LongTextField(
        label=_("之後的會期"), max_length=400, rows=2, required=False,
        help_text=_("開了不只一天才填，一天一行，例如113年3月6日 09:00-11:00。"),
    )  # fmt: skip
    place = forms.TextField(label=_("地點"), required=False)
    chair = forms.TextField(label=_("主持人"), required=False)
    recorder = forms.TextField(label=_("紀錄"), required=False)


class DecisionForm(forms.Form):
    """What was read in one decision; its words stay as printed."""

    marks_optional = False
    tracking = forms.OneOf(
        label=_("列管"), stacked=True, required=False, choices=[("", _("沒有說")), *TrackingWord.choices]
    )
    due = forms.TextField(label=_("期限"), max_length=60, required=False, help_text=_("年月日，或照紀錄的字。"))
    recurrence = forms.TextField(label=_("定期"), max_length=40, required=False, help_text=_("例如每半年。"))
    units = forms.TextField(label=_("請哪些單位"), max_length=600, required=False, help_text=_("用頓號分開。"))


class MarkForm(Chosen):
    """Words of the paper that are a decision."""

    number = forms.TextField(label=_("項次"), max_length=20, required=False, help_text=_("照紀錄，例如三或（二）。"))
    text = forms.LongTextField(label=_("決議的文字"), help_text=_("從原文複製，一字不改。"))
    under = forms.OneOfMany(label=_("在哪一項底下"), required=False)


class SeriesForm(Chosen):
    """Which series a sitting belongs to."""

    series_id = forms.OneOf(label=_("會議系列"), stacked=True)


class BodyForm(Chosen):
    """A body that meets."""

    name = forms.TextField(label=_("會議體名稱"), max_length=120, help_text=_("例如強化社會安全網專案小組。"))
    level = forms.OneOf(label=_("哪一級"), stacked=True, choices=Level.choices)
    keeper = forms.OneOf(label=_("哪個單位辦理"), stacked=True)


class NewSeriesForm(forms.Form):
    """Sittings that are counted together."""

    title = forms.TextField(
        label=_("會議名稱"), max_length=160, help_text=_("次數的地方寫{n}，例如專案會議第{n}次會議。")
    )
    every_months = forms.WholeNumberField(label=_("每幾個月開一次"), least=1, most=60, required=False)


class PlanForm(Chosen):
    """A sitting to come."""

    series_id = forms.OneOf(label=_("會議系列"), stacked=True)
    met_on = forms.RocDateField(label=_("開會日期"), partial=False)
    start_time = ClockField(label=_("開始"), required=False)
    place = forms.TextField(label=_("地點"), required=False)
    chair = forms.TextField(label=_("主持人"), required=False)
    recorder = forms.TextField(label=_("紀錄"), required=False)
    number = forms.WholeNumberField(
        label=_("第幾次"), least=1, most=2000, required=False, help_text=_("不填就接著上一次。")
    )


class ArrangeForm(forms.Form):
    """Another day, time, place."""

    met_on = forms.RocDateField(label=_("開會日期"), partial=False)
    start_time = ClockField(label=_("開始"), required=False)
    place = forms.TextField(label=_("地點"), required=False)
    chair = forms.TextField(label=_("主持人"), required=False)
    recorder = forms.TextField(label=_("紀錄"), required=False)


class AgendaForm(Chosen):
    """A point of the agenda."""

    kind = forms.OneOf(label=_("哪一類"), stacked=True, choices=[
        (one.value, one.label) for one in (ItemKind.REPORT, ItemKind.DISCUSSION, ItemKind.MOTION, ItemKind.FOLLOWUP)
    ])  # fmt: skip
    title = forms.TextField(label=_("案由"))
    unit_id = forms.OneOfMany(label=_("報告或提案單位"), required=False)
    explanation = forms.LongTextField(label=_("說明"), required=False)


class ItemForm(forms.Form):
    """The words of a point; decisions as they stand in minutes."""

    title = forms.TextField(label=_("案由"), max_length=400)
    explanation = forms.LongTextField(label=_("說明"), max_length=20000, rows=6, required=False)
    decisions = forms.LongTextField(
        label=_("決定或決議"), max_length=20000, rows=8, required=False,
        help_text=_("一項一行，照一、（一）1.編號；只有一句就不用編號。"),
    )  # fmt: skip


class GuestForm(Chosen):
    """A unit asked to a sitting."""

    unit_id = forms.OneOfMany(label=_("單位"), required=False)
    unit_words = forms.TextField(label=_("清單沒有的單位"), max_length=120, required=False)
    who = forms.TextField(label=_("職稱姓名"), max_length=120, required=False)
    attends = forms.OneOf(
        label=_("出席或列席"), choices=[one for one in Attends.choices if one[0] in ("member", "guest")]
    )  # fmt: skip


class CameForm(forms.Form):
    """How somebody attended."""

    came = forms.OneOf(label=_("怎麼出席"), stacked=True, choices=[one for one in Came.choices if one[0]])
    who = forms.TextField(label=_("職稱姓名"), max_length=120, required=False)
    instead = forms.TextField(label=_("誰代理"), max_length=120, required=False)


class PaperForm(Chosen):
    """A paper for a point of the agenda."""

    file = django_forms.FileField(label=_("會議資料"), allow_empty_file=True, help_text=_("最多10MB。"))
    item_id = forms.OneOfMany(label=_("哪一案"), required=False)


class OpeningForm(forms.Form):
    """What the chair said, and how the minutes before were confirmed."""

    opening = forms.LongTextField(label=_("主席致詞"), required=False)
    before = forms.TextField(
        label=_("確認前次會議紀錄"), max_length=400, required=False, help_text=_("不填就寫「確認。」")
    )


class AmendForm(Chosen):
    """A correction of the minutes before."""

    decision_id = forms.OneOfMany(label=_("前次會議的哪一項"))
    text = forms.LongTextField(label=_("更正為"))


class AdjournForm(forms.Form):
    """When it was over."""

    adjourned_time = ClockField(label=_("散會時間"))


class SendForm(forms.Form):
    """The minutes go out."""

    paper_number = forms.TextField(label=_("發文字號"), max_length=60, required=False)


class ConfirmForm(Chosen):
    """At which sitting they were confirmed."""

    confirmed_in = forms.OneOfMany(label=_("在哪一次會議確認"), required=False)
