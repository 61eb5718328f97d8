"""One way to show a form of this desk, act, and go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any  # cleaned data

from django.http import HttpRequest, HttpResponse

from anwang.web.cases import filling
from anwang.web.cases.filling import Sheet
from anwang.web.shell import forms

HERE = "/submissions"
TEMPLATE = "submissions/form.html"


def sheet(title: str, go: str, saved: str, back: str, *aside: str) -> Sheet:
    """What a form's page of this desk says."""
    return Sheet(title, go, saved, back, template=TEMPLATE, aside=aside)


def fill(request: HttpRequest, form: forms.Form, page: Sheet, act: Callable[[dict[str, Any]], object]) -> HttpResponse:
    """Show the form under 提報經費; on a good answer act and go on."""
    return filling.fill(request, form, page, act, here=HERE)


def posted(request: HttpRequest) -> Any:
    """The answers of a POST, also of a form with nothing to fill in; None when it is only looked at."""
    return request.POST if request.method == "POST" else None


class SureForm(forms.Form):
    """Nothing to fill in: the button says what happens."""
