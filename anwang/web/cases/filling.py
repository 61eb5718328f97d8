"""One way to show a form of a case, act, and go back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any  # cleaned data and template context

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from anwang.foundation.errors import BadInput, Refused
from anwang.web.shell import forms


@dataclass(frozen=True)
class Sheet:
    """What a form's page says: title, the verb on its button, the sentence after saving, and where that leads."""

    title: str
    go: str
    saved: str
    back: str
    template: str = "cases/form.html"
    aside: tuple[str, ...] = ()


def known(answer: str) -> str:
    """yes or no; whatever else a question was answered with is not known."""
    return answer if answer in ("yes", "no") else "unknown"


def fill(
    request: HttpRequest, form: forms.Form, sheet: Sheet, act: Callable[[dict[str, Any]], object], **context: Any
) -> HttpResponse:
    """Show the form; on a good answer act, say so and go back, or to the address that `act` gave.

    A refusal stays on the form, with what was typed.
    """
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                led_to = act(form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            late = bool(form.late_entries())
            messages.success(request, sheet.saved + (context.get("late_words", "") if late else ""))
            return redirect(led_to if isinstance(led_to, str) else sheet.back)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, sheet.template, {"form": form, "sheet": sheet, "here": "/cases", **context}, status=status)
