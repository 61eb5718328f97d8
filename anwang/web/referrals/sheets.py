"""A form of this desk on its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from anwang.referrals import policies, queries
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell import forms

TEMPLATE = "referrals/form.html"


def sheet(
    request: HttpRequest, form: forms.Form, title: str, go: str, saved: str, back: str,
    act: Callable[[dict[str, Any]], object], *aside: str, **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show the form, act on a good answer, and go `back`; `aside` is what to read first."""
    said = Sheet(title, go, saved, back, template=TEMPLATE, aside=aside)
    return fill(request, form, said, act, **{"here": "/referrals", "back": back, **context})


def one(request: HttpRequest, number: str) -> queries.ReferralPage:
    """The referral with that number for the viewer, or NotFound."""
    return queries.page(request.viewer, number, acts=policies.acts)


def home(number: str) -> str:
    """The page of a referral."""
    return reverse("referrals:referral", args=[number])
