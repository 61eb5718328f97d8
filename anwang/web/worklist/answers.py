"""What other units answered to requests, as lines of Today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.matters.queries import Answer
from anwang.matters.states import OfferKind
from anwang.web.shell import words


def lines(found: Sequence[Answer]) -> list[dict[str, Any]]:
    """The answers as given, each with the page of the requests."""
    reasons = _reasons() if found else {}
    return [_line(one, reasons) for one in found]


def _line(one: Answer, reasons: dict[str, str]) -> dict[str, Any]:
    said = _("%(unit)s接受了%(kind)s") if one.is_accepted else _("%(unit)s退回了%(kind)s")
    says = said % {"unit": one.unit, "kind": OfferKind(one.kind).label}
    if one.reason in reasons:
        says += _("：%(words)s") % {"words": reasons[one.reason]}
    about = "・".join(part for part in (one.whom, one.number) if part)
    is_gone = one.is_accepted and one.kind == OfferKind.LEAD
    return {
        "says": says,
        "about": about,
        "href": "" if is_gone else reverse("asking:ask", args=[one.number]),
        "at": one.at,
    }


def _reasons() -> dict[str, str]:
    codes = book().codelist("offer.decline_reasons").on(clock.today())
    return {one.code: str(one.label.to(words.lang())) for one in codes}
