"""Forms: open a family, count a person in, count a person out."""

from __future__ import annotations

from typing import Any  # what a template reads
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.cases import queries as cases
from anwang.cases.actions import join_family
from anwang.foundation import clock
from anwang.people import actions, queries
from anwang.web.shell import forms

from . import files


class OpenFamily(forms.Form):
    """A family's file: how colleagues call it."""

    label = forms.TextField(label=gettext_lazy("怎麼稱呼這一家"), max_length=60, help_text=gettext_lazy("例如高玉蘭家"))
    case = forms.OneOf(
        label=gettext_lazy("掛上哪一件案件"), stacked=True, required=False,
        help_text=gettext_lazy("沒選的話，要掛時在案件頁填這一家的編號。"),
    )  # fmt: skip

    def __init__(self, *args: Any, cases: tuple[tuple[UUID, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [(key.hex, words) for key, words in cases]
        if not cases:
            del self.fields["case"]


class Attach(forms.Form):
    """Which of my open cases without a family."""

    case = forms.OneOf(label=gettext_lazy("掛上哪一件案件"), stacked=True)

    def __init__(self, *args: Any, cases: tuple[tuple[UUID, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [(key.hex, words) for key, words in cases]


class Count(forms.Form):
    """Which person, from or until which day."""

    person = forms.OneOf(label=gettext_lazy("哪一位"), stacked=True)
    on = forms.RocDateField(label=gettext_lazy("從哪一天"), partial=False, future=False, required=False)

    def __init__(self, *args: Any, people: tuple[tuple[UUID, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(key), name) for key, name in people]


def open_new(request: HttpRequest) -> HttpResponse:
    """Open a family's file and attach a case; with `?continues=<number>` one that was split from another."""
    before = queries.family_page(request.viewer, number) if (number := request.GET.get("continues")) else None
    form = OpenFamily(request.POST or None, cases=_unattached(request))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("case")
        with transaction.atomic():
            made = actions.open_family(
                label=form.cleaned_data["label"], county=request.viewer.county, by=request.viewer, at=clock.now(),
                continues_id=before.id if before else None,
            )  # fmt: skip
            if chosen:
                _attach(request, UUID(chosen), made.number)
        said = _("%(label)s開好了，編號%(number)s。案件掛上這一家以後，它就在你的清單裡。")
        messages.success(request, said % {"label": made.label, "number": made.number})
        return redirect("families:family", made.number) if chosen else redirect("families:index")
    title = _("從%(label)s分出一家") % {"label": before.label} if before else _("開一家")
    return _form(request, form, title, _("存下這一家"), before.number if before else "")


def attach(request: HttpRequest, number: str) -> HttpResponse:
    """Attach one of my open cases to this family; its people are counted in."""
    family = queries.family_page(request.viewer, number)
    mine = _unattached(request)
    form = Attach(request.POST or None, cases=mine)
    if request.method == "POST" and form.is_valid():
        case_id = UUID(form.cleaned_data["case"])
        _attach(request, case_id, family.number)
        messages.success(request, _("%(case)s掛上了。") % {"case": dict(mine)[case_id]})
        return redirect("families:family", number)
    title = _("哪一件案件屬於%(label)s") % {"label": family.label}
    none = _("你手上沒有還沒掛上家庭的案件。")
    return _form(request, form, title, _("掛上這一家"), number, bool(mine), none)


def _unattached(request: HttpRequest) -> tuple[tuple[UUID, str], ...]:
    """My open cases without a family, in words."""
    rows = cases.cases_at_hand(request.viewer)
    return tuple(
        (row.id, "　".join(filter(None, (row.people, row.kind, row.number)))) for row in rows
        if row.is_mine and not row.family_number
    )  # fmt: skip


def _attach(request: HttpRequest, case_id: UUID, number: str) -> None:
    number_of = {row.id: row.number for row in cases.cases_at_hand(request.viewer)}
    page = cases.page(request.viewer, number_of[case_id])
    people = [one.person_id for one in page.subjects if one.person_id]
    join_family(case_id=case_id, number=number, people=people, by=request.viewer, at=clock.now())


def count_in(request: HttpRequest, number: str) -> HttpResponse:
    """Count in somebody who stands in one of the family's files."""
    family = queries.family_page(request.viewer, number)
    here = set(queries.member_ids(request.viewer, family.id))
    ids = [file.id for file in files.files(request.viewer, family_id=family.id) if file.may_read]
    people = tuple(one for one in queries.people_in_files(request.viewer, ids) if one[0] not in here)
    form = Count(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        person_id, on = UUID(form.cleaned_data["person"]), form.cleaned_data["on"]
        actions.count_in(family_id=family.id, person_id=person_id, since_on=on, by=request.viewer, at=clock.now())
        messages.success(
            request, _("%(name)s算進%(label)s了。") % {"name": dict(people)[person_id], "label": family.label}
        )
        return redirect("families:family", number)
    return _form(request, form, _("%(label)s還有誰") % {"label": family.label}, _("算進這一家"), number, bool(people))


def count_out(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody no longer counts in; his files are not touched."""
    family = queries.family_page(request.viewer, number)
    people = queries.readable_people(request.viewer, list(queries.member_ids(request.viewer, family.id)))
    form = Count(request.POST or None, people=people)
    form.fields["on"].label = _("到哪一天")
    if request.method == "POST" and form.is_valid():
        person_id, on = UUID(form.cleaned_data["person"]), form.cleaned_data["on"]
        actions.count_out(family_id=family.id, person_id=person_id, until_on=on, by=request.viewer, at=clock.now())
        messages.success(request, _("%(name)s不再算在這一家。他的案件不受影響。") % {"name": dict(people)[person_id]})
        return redirect("families:family", number)
    return _form(
        request, form, _("%(label)s少了誰") % {"label": family.label}, _("不再算在這一家"), number, bool(people)
    )


def _form(
    request: HttpRequest, form: forms.Form, title: str, go: str, number: str, has_choice: bool = True, none: str = ""
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "title": title, "go": go, "number": number, "has_choice": has_choice, "none": none}
    context["here"] = "/families"
    return render(request, "families/form.html", context, status=status)
