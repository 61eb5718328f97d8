"""Text as it was given: nothing is normalised, rare and private-use characters stay; what no page or
database can hold (NUL, control characters, broken encodings) is refused with a sentence."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_BROKEN = re.compile(r"[\ud800-\udfff\ufffd\ufffe\uffff]")
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_PHONE = re.compile(r"\+?[\d\s()（）\-–—.]+(?:(?:#|分機|轉|ext\.?|x)\s*\d{1,6})?", re.IGNORECASE)

SENTENCES = {
    "broken": _("有些字傳壞了。請刪掉看不懂的符號再打一次。"),
    "control": _("裡面有看不見的控制字元。請刪掉後重打，不要直接貼上。"),
    "one_line": _("這一格只能寫一行。"),
    "too_long": _("最多%(most)d字，現在有%(now)d字。"),
    "phone": _("請填電話號碼，例如0912-000-345；分機寫在#後面。"),
    "no_letters": _("姓名裡要有字。還不知道就留空白。"),
}


def hygiene(text: str, *, lines: bool) -> None:
    """Raise ValidationError when no page or database can hold the text. `lines`: line ends and tabs are fine."""
    if _BROKEN.search(text):
        raise ValidationError(SENTENCES["broken"], code="broken")
    if _CONTROL.search(text) or _DIRECTION.search(text):
        raise ValidationError(SENTENCES["control"], code="control")
    if not lines and re.search(r"[\r\n\t]", text):
        raise ValidationError(SENTENCES["one_line"], code="one_line")


def showable(value: Any) -> Any:
    """The value for showing again: what no page can hold becomes �."""
    return _CONTROL.sub("\ufffd", _BROKEN.sub("\ufffd", value)) if isinstance(value, str) else value


class OneLine(forms.TextInput):
    def format_value(self, value: Any) -> str | None:
        return showable(super().format_value(value))


class ManyLines(forms.Textarea):
    def format_value(self, value: Any) -> str | None:
        return showable(super().format_value(value))


class TextField(forms.CharField):
    """One line of text, at most `max_length` characters, kept as typed but for blanks at both ends."""

    widget = OneLine
    lines = False
    counts = False

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = max_length  # not given to Django: a browser would cut pasted text without a word
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        hygiene(text, lines=self.lines)
        if len(text) > self.max_length:
            numbers = {"most": self.max_length, "now": len(text)}
            raise ValidationError(SENTENCES["too_long"], code="too_long", params=numbers)
        return text


class LongTextField(TextField):
    """Several lines. Line ends are stored as \\n; everything else as typed."""

    widget = ManyLines
    lines = True
    counts = True

    def __init__(self, *, max_length: int = 4000, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("strip", False)
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs["rows"] = rows  # not setdefault: Django gives every box ten

    def to_python(self, value: Any) -> str:
        text = super().to_python(str(value or "").replace("\r\n", "\n").replace("\r", "\n"))
        return text if text.strip() else ""


class PersonNameField(TextField):
    """A name as received: any script, long indigenous names, single names, private-use characters, 代號."""

    def __init__(self, *, max_length: int = 100, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text and not any(unicodedata.category(c)[0] in "LNM" or _is_private(c) for c in text):
            raise ValidationError(SENTENCES["no_letters"], code="no_letters")
        return text


class PhoneField(TextField):
    """A telephone number as dictated; full-width digits become plain ones. At least three digits (113)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs.update({"inputmode": "tel", "class": "phone", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        text = unicodedata.normalize("NFKC", typed)
        digits = sum(c.isdecimal() for c in text)
        if text and not (3 <= digits <= 20 and _PHONE.fullmatch(text)):
            raise ValidationError(SENTENCES["phone"], code="phone")
        return text


def _is_private(character: str) -> bool:
    return unicodedata.category(character) in ("Co", "Cn")
