"""A form that nobody has filled in, drawn once for everybody."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from anwang.foundation import clock

from .base import Form


def blank(form: type[Form], prefix: str | None = None) -> SafeString:
    """A form as it is before anything is typed, drawn once a minute and language: its boxes may say what time it is.

    For forms that are alike for everybody: no choices of a viewer, a county or the rules in force.
    """
    minute = clock.local(clock.now()).replace(second=0, microsecond=0)
    return _drawn(form, prefix, get_language(), minute)


@lru_cache(maxsize=64)
def _drawn(form: type[Form], prefix: str | None, language: str | None, minute: datetime) -> SafeString:
    return SafeString(form(prefix=prefix))
