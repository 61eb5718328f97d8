"""The same form sent twice is one act: a hidden token says so."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from anwang.foundation.uuid7 import uuid7


class OnceToken(forms.Field):
    """A hidden UUID, new for each page. Actions that take `once=` do a thing once per token."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=lambda: str(uuid7()), label=_("送出憑據"), **kwargs)

    def to_python(self, value: Any) -> uuid.UUID | None:
        try:
            return uuid.UUID(str(value)) if value else None
        except ValueError:
            raise ValidationError(_("這一頁放太久了。請再按一次。"), code="token") from None
