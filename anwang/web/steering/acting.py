"""One form on one page: shown, sent, refused with what was typed, or done and back to where it came from."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.web.shell import forms

DESK = "/steering"


def act(
    request: HttpRequest, form: forms.Form, do: Callable[[dict[str, Any]], str], *, title: str, button: str, back: str,
    done: str, hint: str = "", tab: str = "", notes: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    """`do` takes what was typed and gives the address to go on to, empty for `back`. Refusals stay on the page."""
    if form.is_bound and form.is_valid():
        try:
            target = do(form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        except (Refused, Conflict) as error:
            form.refuse(BadInput(str(error)))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(target or back)
    context = {"form": form, "title": title, "button": button, "back": back, "hint": hint, "here": DESK, "tab": tab,
               "notes": notes}  # fmt: skip
    return render(request, "steering/form.html", context)


def given(request: HttpRequest) -> Any:
    """What was sent; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def ids(listed: list[tuple[UUID, str]]) -> list[tuple[str, str]]:
    """Choices of records for a form."""
    return [(str(id_), name) for id_, name in listed]
