"""Questions with given answers. Nothing is preselected; unknown is an answer of its own."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

Choices = Iterable[tuple[Any, Any]] | Callable[[], Iterable[tuple[Any, Any]]]

NOT_IN_LIST = _("清單裡沒有這個選項，請重選。")
ANSWERS = (
    ("yes", _("是")),
    ("no", _("否")),
    ("unknown", _("不詳")),
    ("not_asked", _("還沒問")),
    ("unsafe", _("不便問")),
)


class Radios(forms.RadioSelect):
    template_name = "shell/widgets/choices.html"


class Boxes(forms.CheckboxSelectMultiple):
    template_name = "shell/widgets/choices.html"


class Listed(BaseChoiceIterator):
    """A long list of values and words taken as it is; in any other Django looks for groups, line by line, twice."""

    def __init__(self, lines: Iterable[tuple[Any, Any]]) -> None:
        self.lines = tuple(lines)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.lines)


class LongSelect(forms.Select):
    """A select written out at once: a thousand workers are a thousand lines, not a thousand templates."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        choices = list(self.choices)
        if any(isinstance(label, list | tuple) for _value, label in choices):
            return super().render(name, value, attrs, renderer)
        chosen = set(self.format_value(value))
        lines = [
            f'  <option value="{escape(key)}"{" selected" if key in chosen else ""}>{escape(label)}</option>\n'
            for key, label in (("" if given is None else str(given), label) for given, label in choices)
        ]
        given = flatatt(self.build_attrs(self.attrs, attrs))
        return mark_safe(f'<select name="{escape(name)}"{given}>\n{"".join(lines)}</select>')  # noqa: S308 all escaped


class OneOf(forms.ChoiceField):
    """One answer of a few, as radio buttons. `stacked=True` sets one below the other."""

    widget: type[forms.Widget] = Radios

    def __init__(self, *, choices: Choices = (), stacked: bool = False, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"invalid_choice": NOT_IN_LIST, **kwargs.get("error_messages", {})}
        super().__init__(choices=choices, **kwargs)
        if stacked:
            self.widget.attrs["stacked"] = True


class OneOfMany(OneOf):
    """One answer of a long list, as a select; the first line asks to choose."""

    widget = LongSelect

    def __init__(self, *, choices: Choices = (), **kwargs: Any) -> None:
        def asked() -> list[tuple[Any, Any]]:
            return [("", _("請選一項")), *(choices() if callable(choices) else choices)]

        super().__init__(choices=asked, **kwargs)


class SomeOf(forms.MultipleChoiceField):
    """Any number of answers, as check boxes."""

    widget = Boxes

    def __init__(self, *, choices: Choices = (), stacked: bool = False, **kwargs: Any) -> None:
        given = kwargs.get("error_messages", {})
        kwargs["error_messages"] = {"invalid_choice": NOT_IN_LIST, "invalid_list": NOT_IN_LIST, **given}
        super().__init__(choices=choices, **kwargs)
        if stacked:
            self.widget.attrs["stacked"] = True


class YesNoUnknownField(OneOf):
    """是／否／不詳／還沒問／不便問 → yes, no, unknown, not_asked, unsafe. Left alone it means not_asked."""

    silence = "not_asked"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(choices=ANSWERS, **kwargs)

    def clean(self, value: Any) -> str:
        return super().clean(value) or self.silence


class WholeNumberField(forms.Field):
    """A whole number; full-width digits are read too. None when left empty."""

    widget = forms.TextInput

    def __init__(self, *, least: int = 0, most: int = 9999, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most
        self.widget.attrs.update({"inputmode": "numeric", "class": "number", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        text = unicodedata.normalize("NFKC", str(value or "")).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and self.least <= int(text) <= self.most):
            numbers = {"least": self.least, "most": self.most}
            raise ValidationError(_("請填%(least)d到%(most)d的整數。"), code="number", params=numbers)
        return int(text)


class TickField(forms.BooleanField):
    """A single box to tick. `required=True` where nothing goes on without it: then it is not marked as optional."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
