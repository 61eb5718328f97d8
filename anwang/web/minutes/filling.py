"""One way to show a form of a sitting, act, and go back to its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from anwang.minutes import queries
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell import forms

from .views import HERE


def ask(
    request: HttpRequest, found: queries.SittingPage, form: forms.Form, title: str, go: str, saved: str,
    act: Callable[[dict[str, Any]], object], **context: Any,
) -> HttpResponse:  # fmt: skip
    """The form on a page of its own, the sitting's name above it."""
    back = reverse("minutes:sitting", args=[found.id])
    sheet = Sheet(title, go, saved, context.pop("back", back), template="minutes/form.html")
    return fill(request, form, sheet, act, here=HERE, m=found, back=back, **context)
