"""Making a foreign report fit our columns. Nothing is lost: the original is kept as it came, and a remark says so."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn


def fitting(report: ReportIn) -> ReportIn:
    """The report with what is too long cut, and a remark for the screener when something was."""
    fits = replace(
        report,
        source=report.source[:16],
        unit_code=report.unit_code if len(report.unit_code) <= 4 else "",
        place=report.place[:200],
        persons=tuple(_person(person) for person in report.persons),
        reporter=_reporter(report.reporter),
    )
    if fits == report:
        return report
    return replace(fits, remarks=(*report.remarks, _("有些欄位太長，已截短。全文在原始訊息裡。")))


def _person(person: PersonIn) -> PersonIn:
    return replace(
        person,
        name=person.name[:120],
        age_text=person.age_text[:40],
        relation=person.relation[:24],
        languages=person.languages[:80],
        notes=person.notes[:500],
        identifiers=tuple((kind, value[:40]) for kind, value in person.identifiers),
        phones=tuple(value[:120] for value in person.phones),
        addresses=tuple((kind, written[:200]) for kind, written in person.addresses),
    )


def _reporter(reporter: ReporterIn) -> ReporterIn:
    return replace(reporter, category=reporter.category[:24])
