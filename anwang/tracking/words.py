"""Tracked decisions in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from anwang.cases.words import day, instant, lang
from anwang.conferences.states import Tracking

from .places import place

__all__ = ["day", "instant", "lang", "moment", "numbered", "roc", "state", "where"]


def state(code: str) -> str:
    """列管、繼續列管、解除列管、附條件解除、另開專案會議."""
    return str(Tracking(code).label)


def where(kind: str, section: str, label: str, parent: str, number: str) -> str:
    """報告案一、二（二）."""
    return place(kind=kind, section=section, label=label, numbers=tuple(one for one in (parent, number) if one))


def numbered(parts: Sequence[str]) -> str:
    """社會局、衛生局."""
    return _("、").join(part for part in parts if part)


def roc(on: date | None) -> str:
    return day(on) if on else ""


def moment(at: datetime | None) -> str:
    return instant(at) if at else ""
