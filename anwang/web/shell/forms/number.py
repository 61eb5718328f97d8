"""National ID and resident numbers. The checksum warns; what is written on the paper can still be kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from anwang.foundation import national_id

from .text import OneLine, hygiene

DOUBTFUL = _("這個號碼的檢查碼不對。請再對一次；證件上就是這樣，請勾「照原樣保留」。")
TOO_LONG = _("證號最多20個字。")


class NumberWidget(forms.MultiWidget):
    """The number, and the box that keeps it as it is."""

    template_name = "shell/widgets/number.html"
    use_fieldset = True

    def __init__(self) -> None:
        number = OneLine({"class": "id", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"})
        super().__init__({"": number, "keep": forms.CheckboxInput()})

    def decompress(self, value: Any) -> list[Any]:
        return [value or "", False]


class NationalIdField(forms.MultiValueField):
    """A number as text: half width, upper case, no spaces; as typed when 照原樣保留 is ticked; "" when empty."""

    widget = NumberWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = (forms.CharField(required=False), forms.BooleanField(required=False))
        super().__init__(fields, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> str:
        typed, is_kept = (*(value or ()), "", False)[:2]
        text = str(typed or "").strip()
        hygiene(text, lines=False)
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return ""
        if len(text) > 20:
            raise ValidationError(TOO_LONG, code="too_long")
        if is_kept:
            return text
        number = national_id.normalise(text)
        if not national_id.check(number).valid:
            raise ValidationError(DOUBTFUL, code="checksum")
        return number

    def compress(self, data_list: list[Any]) -> str:
        return str(data_list[0]) if data_list else ""
