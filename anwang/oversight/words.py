"""Codes of this room in the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language

from . import rules


def of_codes(codelist: str, codes: list[str] | tuple[str, ...], on: date) -> tuple[str, ...]:
    """The labels of codes, in the order of the list."""
    is_english = (get_language() or "").startswith("en")
    return tuple(one.label.en if is_english else one.label.zh for one in rules.codes(codelist, on) if one.code in codes)
