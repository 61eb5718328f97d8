"""找人: one box. First what the viewer may read; for a call or a report also flags of anybody of the county."""

from __future__ import annotations

from typing import Any  # what a template reads

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.people import policies, queries
from anwang.web.shell import forms

from .purpose import file_for, page_of

NOT_YOURS = gettext_lazy("這個編號不在你手上，或已經結束。請填你接的來電或通報編號。")


class Search(forms.Form):
    """What to find, and for which call or report."""

    marks_optional = False
    q = forms.TextField(label=gettext_lazy("姓名、證號、電話、地址或編號"), max_length=100)


class SearchForCall(Search):
    number = forms.TextField(
        label=gettext_lazy("為了哪一通來電或通報"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("填了編號才查全縣，例如T115-4829-1307。查詢會留下紀錄。"),
    )


def search(request: HttpRequest) -> HttpResponse:
    """The empty form on GET; results on POST. Nothing typed stands in an address, and nothing is logged as text."""
    policies.may_search(request.viewer).enforce()
    may_county = bool(policies.may_look_up_county(request.viewer))
    form = (SearchForCall if may_county else Search)(request.POST or None)
    context: dict[str, Any] = {
        "form": form,
        "title": _("找人、家庭或案號"),
        "may_county": may_county,
        "here": "/people",
    }
    if request.method == "POST" and form.is_valid():
        try:
            context |= _results(request, form)
        except BadInput as error:
            form.refuse(error)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "people/search.html", context, status=status)


def _results(request: HttpRequest, form: forms.Form) -> dict[str, Any]:
    text, number = form.cleaned_data["q"], form.cleaned_data.get("number", "")
    file = file_for(request.viewer, number) if number else None
    if number and file is None:
        raise BadInput(NOT_YOURS, field="number")
    found = queries.search(request.viewer, text)
    flags = queries.look_up_for_call(request.viewer, text, number=file[0], file_id=file[1]) if file else ()
    asked = queries.terms(request.viewer, text)
    n = len(found)
    return {
        "is_answered": True,
        "title": ngettext("你看得到的有%(n)d筆。", "你看得到的有%(n)d筆。", n) % {"n": n} if n else _("查無符合的人。"),
        "found": found,
        "is_cut": found.is_cut,
        "flags": flags,
        "for_number": file[0] if file else "",
        "searched": _("、").join(asked.searched),
        "at": clock.now(),
        "file_page": page_of(request.viewer, asked.file_number) if asked.file_number else None,
        "file_number": asked.file_number,
    }
