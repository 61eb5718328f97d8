"""Which forms there are for a case, and one form ready to be filled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from anwang.access.queries import writing_zones_of
from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.instruments import rules
from anwang.rulebook.handles import DatedInstrument

PEOPLE_SQL = """
SELECT s.person_id, p.name, NULL::uuid, '' FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
 WHERE s.matter_id = %(matter)s AND s.until_on IS NULL
 UNION ALL
SELECT NULL, '', f.id, f.label FROM matters_matter m JOIN people_family f ON f.id = m.family_id WHERE m.id = %(matter)s
"""


@dataclass(frozen=True)
class Offered:
    """One form that may be filled in a case. `first`: made for this kind of case."""

    instrument: str
    title: str
    about: str
    first: bool
    is_reported: bool
    kept_as: str
    many_networks: bool


@dataclass(frozen=True)
class Question:
    """One item of a form. `kind`: rated, text, date or number."""

    id: str
    ask: str
    group: str
    kind: str
    required: bool


@dataclass(frozen=True)
class FormSheet:
    """One form, ready for a page: its questions, its answers, its results, and where it comes from."""

    instrument: str
    title: str
    about: str
    dated_by: str
    zone: str
    kept_as: str
    many_networks: bool
    is_reported: bool
    has_levels: bool
    from_on: date
    hash: str
    cite: str
    assumption: str
    answers: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    results: tuple[tuple[str, str], ...]
    valid_for: tuple[str, ...]
    is_draft: bool


def offered(viewer: Viewer, matter_id: UUID, case_kind: str, county: str) -> tuple[Offered, ...]:
    """Forms in force today whose answers the viewer may write down here, those for this kind of case first."""
    zones, today = writing_zones_of(viewer, matter_id), clock.today()
    found = []
    for handle in rules.handles():
        form = rules.version(handle.rule_id, today, county)
        if form is None or form.content.use.draft or form.content.use.zone not in zones:
            continue
        use = form.content.use
        found.append(
            Offered(form.rule_id, rules.said(form.title), use.about, case_kind in use.kinds, form.content.is_reported,
                    use.kept_as, use.many_networks)
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.first, one.instrument)))


def sheet(viewer: Viewer, instrument: str, on: date, county: str) -> FormSheet | None:
    """The form in force on a day; None when there was none."""
    form = rules.version(instrument, on, county)
    return written(form) if form else None


def written(form: DatedInstrument) -> FormSheet:
    """A version of a form in the reader's language. Internal to this room."""
    content, lang = form.content, rules.language()
    questions = tuple(
        Question(item.id, rules.said(item.ask), item.group, item.kind, item.required)
        for item in content.items.values()
    )  # fmt: skip
    return FormSheet(
        instrument=form.rule_id, title=rules.said(form.title), about=content.use.about, dated_by=content.use.dated_by,
        zone=content.use.zone, kept_as=content.use.kept_as, many_networks=content.use.many_networks,
        is_reported=content.is_reported, has_levels=content.levels is not None, from_on=form.from_, hash=form.hash,
        cite=f"{form.cite.title.to(lang)} {form.cite.at}" if form.cite else "",
        assumption=rules.said(form.assumption),
        answers=tuple((code, rules.said(text)) for code, text in content.answers.items()), questions=questions,
        results=tuple((code, rules.said(text)) for code, text in content.results),
        valid_for=tuple(f"{name} {test.to(lang)}" for name, test in content.valid_for.items()),
        is_draft=content.use.draft,
    )  # fmt: skip


@dataclass(frozen=True)
class Whom:
    """Somebody, or the family, that a form of a case can be about."""

    person_id: UUID | None
    family_id: UUID | None
    name: str


def whom(viewer: Viewer, matter_id: UUID, about: str) -> tuple[Whom, ...]:
    """Whom a form may be about in a case: its subjects, or its family."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_SQL, {"matter": matter_id})
        rows = cursor.fetchall()
    found = (Whom(person, family, name or label or "") for person, name, family, label in rows)
    return tuple(one for one in found if (one.family_id is not None) == (about == "family"))


def own_network(viewer: Viewer) -> str:
    """The network of the viewer's own unit; empty where the list does not tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM directory_unit WHERE id = %s", [viewer.unit_id])
        row = cursor.fetchone()
    return rules.network_of(row[0], clock.today()) if row else ""


def report_day(viewer: Viewer, matter_id: UUID) -> date | None:
    """The day on which a case was reported, which decides the version of forms dated by it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT received_at FROM cases_case WHERE id = %s", [matter_id])
        row = cursor.fetchone()
    return clock.local(row[0]).date() if row else None
