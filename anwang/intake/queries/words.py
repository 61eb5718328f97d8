"""Codes as the viewer reads them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anwang.intake import rules
from anwang.rulebook import Text


def said(text: Text) -> str:
    return text.to(get_language() or "zh-hant")


def of_code(codelist: str, code: str, at: datetime) -> str:
    """The label of a code; the code itself where the list does not know it (kept as it came)."""
    return next((said(entry.label) for entry in rules.codes(codelist, at) if entry.code == code), code)


def of_rule(rule_id: str, at: datetime, county: str) -> str:
    """The title of a duty's rule, for a row of what is due."""
    title = rules.title_of(rule_id)
    return said(title) if title is not None else rule_id


def named(names: str | None) -> str:
    """Names of a list in one line; `?` stands for somebody without a name."""
    return (names or "?").replace("?", _("姓名不詳"))
