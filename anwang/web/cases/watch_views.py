"""Change watch of a case or family: told in two clicks, and what it means."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anwang.cases import actions, policies, queries
from anwang.cases.states import Meaning
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes

from .filling import Sheet, fill


class ChangeForm(forms.Form):
    """When, and what more there is to say; the kind is the button."""

    happened_at = forms.InstantField(label=gettext_lazy("什麼時候的事"))
    words = forms.TextField(label=gettext_lazy("還要說的"), required=False, max_length=300)


class ReassessForm(forms.Form):
    """What the changes mean."""

    meaning = forms.OneOf(choices=Meaning.choices, stacked=True, label=gettext_lazy("這個變動的意思"))
    words = forms.LongTextField(label=gettext_lazy("看到什麼、為什麼這樣判斷"), rows=5, max_length=4000)


def changes(request: HttpRequest, number: str) -> HttpResponse:
    """The changes of a case, and one button for each kind: whoever has a relation to the file tells of one."""
    case = queries.page(request.viewer, number)
    form = ChangeForm(request.POST or None)
    kind = request.POST.get("kind", "")
    if request.method == "POST" and form.is_valid():
        actions.note_change(case_id=case.id, kind=kind, by=request.viewer, **form.cleaned_data)
        messages.success(request, _("記下了。該知道的承辦人和主責都收到了。"))
        return redirect("cases:changes", number=number)
    noted, said = queries.changes(request.viewer, case.id)
    n = len(noted)
    context = {
        "case": case, "form": form, "kinds": codes("change.kind"), "noted": noted, "said": said, "here": "/cases",
        "title": ngettext("登錄過%(n)d次變動。", "登錄過%(n)d次變動。", n) % {"n": n} if n else _("情況有什麼變動？"),
        "may_note": bool(policies.may_record(request.viewer, case.id)) and not case.is_over,
        "may_assess": bool(policies.may_work(request.viewer, case.id)) and not case.is_over and bool(noted),
    }  # fmt: skip
    return render(request, "cases/changes.html", context, status=422 if form.is_bound and form.errors else 200)


def reassess(request: HttpRequest, number: str) -> HttpResponse:
    """What the changes mean for this case."""
    case = queries.page(request.viewer, number)
    form = ReassessForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.reassess(case_id=case.id, by=request.viewer, at=clock.now(), **given)

    aside = (_("評估報告或量表也算重新評估，寫了就不必再填這裡。"),)
    back = reverse("cases:changes", args=[number])
    sheet = Sheet(_("變動後重新評估"), _("存下評估"), _("評估完成。"), back, aside=aside)
    return fill(request, form, sheet, act, case=case)


def of_family(request: HttpRequest, number: str) -> HttpResponse:
    """From a family's page: straight to the changes of the viewer's own case of this family."""
    mine = [one for one in queries.cases_at_hand(request.viewer) if one.family_number == number]
    if not mine:
        raise NotFound(_("你在這一家沒有案件。有事要告訴承辦人，請寫通知便箋。"))
    found = sorted(mine, key=lambda one: not one.is_mine)[0]
    return redirect("cases:changes", number=found.number)
