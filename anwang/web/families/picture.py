"""The family's pictures at any date: genogram, homes, ecomap, what each source says; each with its table."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from anwang.access.states import Zone
from anwang.audit.actions import reading
from anwang.foundation import clock
from anwang.people import queries
from anwang.web.shell import forms, words

from . import files, harm, page
from .ecomap import WINDOW_DAYS, ecomap


class DayForm(forms.Form):
    """Which day to look at."""

    on = forms.RocDateField(label=gettext_lazy("看哪一天"), partial=False, future=False)


def picture(request: HttpRequest, number: str) -> HttpResponse:
    """As it was on `?on=`, as it is where nothing is said. Opening it is a reading of the family."""
    form = DayForm(request.GET if "on" in request.GET else None)
    day: date | None = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    day = None if day == clock.today() else day
    family = queries.family_page(request.viewer, number, day)
    reading("families.family", by=request.viewer, file_id=family.id, zone=Zone.WORK)
    on = day or clock.today()
    since = datetime.combine(on - timedelta(days=WINDOW_DAYS), time(), clock.TAIPEI)
    found = files.files(request.viewer, family_id=family.id, since=since)
    served = [file for file in found if file.kind != "coordination"]
    hurt = harm.drawn([pair for file in found for pair in file.harms], family.people, family.picture.at)
    said = queries.statements(request.viewer, [one.person_id for one in family.people], on)
    context = {
        "family": family, "form": form, "day": words.day(on) if day else "", "here": "/families",
        "picture": page.picture(family, hurt),
        "rows": [
            (one, family.relations.get(one.key, ""), hurt.says.get(one.key, ""), family.unsure.get(one.key, ""))
            for one in family.people
        ],
        "eco": ecomap(served, [one for one in said if one.code == "support"], on),
        "topics": _by_person(said), "reads": any(file.may_read for file in served),
    }  # fmt: skip
    return render(request, "families/picture.html", context, status=422 if form.errors else 200)


def _by_person(said: tuple[queries.Topic, ...]) -> list[tuple[UUID, str, list[queries.Topic]]]:
    """(person, name, what is said of him); what differs first."""
    people: dict[UUID, tuple[str, list[queries.Topic]]] = {}
    for one in said:
        people.setdefault(one.person_id, (one.person, []))[1].append(one)
    return [(key, name, sorted(rows, key=lambda one: not one.differs)) for key, (name, rows) in people.items()]
