"""Adding to a person's record, and ending what was true."""

from __future__ import annotations

from typing import Any  # cleaned data of a form
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.people import queries
from anwang.web.families import files
from anwang.web.shell import forms

from .fields import ADD, END


class UntilForm(forms.Form):
    """Until which day; today when left empty."""

    until_on = forms.RocDateField(label=gettext_lazy("到哪一天"), partial=False, future=False, required=False)


class NothingForm(forms.Form):
    """Only the button."""


def add(request: HttpRequest, person_id: UUID, what: str) -> HttpResponse:
    """One form for each thing that can be written about a person."""
    if what not in ADD:
        raise Http404
    kind, card = ADD[what], queries.card(request.viewer, person_id)
    form = kind.form(request.POST or None, others=_others(request, person_id, what), card=card)
    if request.method == "POST" and form.is_valid():
        try:
            given = _arguments(request, what, dict(form.cleaned_data))
            kind.act(person_id=person_id, by=request.viewer, at=clock.now(), **given)
            messages.success(request, _saved(request, person_id, what))
            return redirect("people:person", person_id)
        except BadInput as error:
            form.refuse(error)
        except Refused as error:
            form.add_error(None, str(error))
    return _form(request, form, card, str(kind.title), str(kind.go))


def _saved(request: HttpRequest, person_id: UUID, what: str) -> str:
    """What happened; after who it is was corrected also how many records now look alike and wait for a decision."""
    if what != "who":
        return _("記下了。")
    n = sum(1 for one in queries.candidates(request.viewer, person_id) if not one.decided)
    if not n:
        return _("記下了，以前寫的還在。沒有相像的人。")
    return ngettext(
        "記下了。有%(n)d筆可能是同一人，請看一下。", "記下了。有%(n)d筆可能是同一人，請看一下。", n
    ) % {"n": n}  # fmt: skip


def end(request: HttpRequest, person_id: UUID, what: str, row_id: UUID) -> HttpResponse:
    """End a row from a day on. The row stays as history."""
    if what not in END:
        raise Http404
    ending, card = END[what], queries.card(request.viewer, person_id)
    form = (UntilForm if ending.asks_day else NothingForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ending.act(by=request.viewer, at=clock.now(), **{ending.row: row_id}, **form.cleaned_data)
        messages.success(request, _("記下了。舊的紀錄還在。"))
        return redirect("people:person", person_id)
    return _form(request, form, card, str(ending.title), _("記下"))


def _others(request: HttpRequest, person_id: UUID, what: str) -> tuple[tuple[UUID, str], ...]:
    """People of the files the person stands in, for choosing."""
    if what not in ("kin", "home"):
        return ()
    ids = [file.id for file in files.files(request.viewer, person_id=person_id) if file.may_read]
    return tuple(one for one in queries.people_in_files(request.viewer, ids) if one[0] != person_id)


def _arguments(request: HttpRequest, what: str, given: dict[str, Any]) -> dict[str, Any]:
    """Clean data as the action's arguments."""
    if what == "kin":
        given["to_id"] = UUID(given.pop("to"))
    if what == "home":
        mate = given.pop("to")
        given["household_id"] = queries.household_of(request.viewer, UUID(mate), given["source"]) if mate else None
        if mate and given["household_id"] is None:
            raise BadInput(_("這個來源還沒有他的住處。請先從他的頁面登錄。"), field="to")
    return given


def _form(request: HttpRequest, form: forms.Form, card: Any, title: str, go: str) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "card": card, "title": title, "go": go, "here": "/people"}
    return render(request, "people/form.html", context, status=status)
