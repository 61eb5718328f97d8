"""Dates and instants as typed: ROC or ISO, in part, by telephone words; kept as typed when they cannot be told."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput

from .text import OneLine, hygiene

# Sentences of foundation.roc, which knows no languages: named here so that they are translated.
SAID_BELOW = (
    gettext_noop("請填年月日，例如115年11月24日；只知道年也可以。"),
    gettext_noop("月曆上沒有這一天，請再看一次，例如115年11月24日。"),
    gettext_noop("這裡要完整的年月日，例如115年11月24日。"),
    gettext_noop("請填幾點幾分，例如14:30或下午2點30分。"),
)
_EXAMPLE = gettext_lazy("例如115年11月24日、115/11/24；只知道年也可以。")
_WHOLE_EXAMPLE = gettext_lazy("例如115年11月24日或115/11/24。")


class RocDateField(forms.Field):
    """A date as a `PartialDate` (`partial=True`, the default) or a whole `date`.

    `future=False` refuses a date after today. ROC and ISO are both read; a mixture that cannot be told is asked again.
    """

    widget = OneLine

    def __init__(self, *, partial: bool = True, future: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _EXAMPLE if partial else _WHOLE_EXAMPLE)
        super().__init__(**kwargs)
        self.partial, self.future = partial, future
        self.widget.attrs.update({"class": "date", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, date):
            value = roc.PartialDate.of(value)
        return value.text() if isinstance(value, roc.PartialDate) else value

    def to_python(self, value: Any) -> roc.PartialDate | date | None:
        text = str(value or "").strip()
        if not text:
            return None
        hygiene(text, lines=False)
        found = read_date(text)
        if not self.future and found.earliest > clock.today():
            raise ValidationError(_("這一天還沒到。請填今天或以前的日期。"), code="future")
        if self.partial:
            return found
        if found.exact is None:
            raise ValidationError(_(roc.WHOLE_DATE_WANTED), code="whole")
        return found.exact


def read_date(text: str) -> roc.PartialDate:
    """`roc.parse_date`, its refusal as a ValidationError in the reader's language."""
    try:
        return roc.parse_date(text[:60])
    except BadInput as error:
        raise ValidationError(_(str(error)), code="date") from None


class InstantWidget(forms.MultiWidget):
    """Two boxes on one line: the day and the clock time in Taipei."""

    template_name = "shell/widgets/instant.html"
    use_fieldset = True

    def __init__(self) -> None:
        day = OneLine({"class": "date", "autocomplete": "off"})
        time = OneLine({"class": "clock", "autocomplete": "off", "inputmode": "numeric"})
        super().__init__({"day": day, "time": time})

    def decompress(self, value: Any) -> list[str]:
        if not isinstance(value, datetime):
            return ["", ""]
        here = clock.local(value)
        return [roc.roc_long(here.date()), f"{here:%H:%M}"]


class InstantField(forms.MultiValueField):
    """A true time (知悉、訪視、交接): an aware UTC instant, now unless the form says otherwise.

    `future=False` (the default) refuses an instant that has not come. `late_after` marks a late entry (補登):
    `form.late_entries()` names the fields whose instant lies further back; nothing is blocked.
    """

    widget = InstantWidget

    def __init__(self, *, future: bool = False, late_after: timedelta | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", clock.now)
        kwargs.setdefault("help_text", gettext_lazy("照實際的時間寫；晚一點才補記也寫當時。"))
        fields = (forms.CharField(required=False), forms.CharField(required=False))
        super().__init__(fields, require_all_fields=False, **kwargs)
        self.future, self.late_after = future, late_after

    def clean(self, value: Any) -> datetime | None:
        day, time = (str(part or "").strip() for part in (*(value or ()), "", "")[:2])
        if not day and not time:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self.compress([day, time])

    def compress(self, data_list: list[str]) -> datetime:
        day, time = data_list
        for text in (day, time):
            hygiene(text, lines=False)
        try:
            at = roc.parse_instant(day[:60], time[:60])
        except BadInput as error:
            raise ValidationError(_(str(error)), code=error.field or "instant") from None
        if not self.future and at > clock.now() + timedelta(minutes=1):
            raise ValidationError(_("這個時間還沒到。請填已經發生的時間。"), code="future")
        return at

    def is_late(self, at: datetime | None) -> bool:
        return bool(at and self.late_after and clock.now() - at > self.late_after)
