"""Whether a report can be taken, and the flat facts that rules read of one that is not written yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from anwang.foundation.errors import BadInput
from anwang.intake import rules
from anwang.intake.incoming import ReportIn
from anwang.people.states import YesNoUnknown

Facts = dict[str, object]


def check(report: ReportIn, now: datetime, county: str) -> None:
    """Raises BadInput with the field and a sentence."""
    at = report.received_at
    if at > now:
        raise BadInput(_("接獲時間不能在未來。請填電話或傳真實際到的時間。"), field="received_at")
    if report.known_at and report.known_at > now:
        raise BadInput(_("知悉時間不能在未來。不知道可以不填。"), field="known_at")
    if not report.narrative.strip() and not report.originals:
        raise BadInput(_("請寫通報內容，照對方說的寫就好。"), field="narrative")
    if not rules.codes("report.channel", at, county):
        raise BadInput(_("接獲時間太早，那時還沒有這些規則。請再看年份。"), field="received_at")
    if not rules.is_code("report.channel", report.channel, at, county):
        raise BadInput(_("請選從哪裡來的，例如電話或傳真。"), field="channel")
    for kind in report.kinds:
        if not rules.is_code("case.kind", kind, at, county):
            raise BadInput(_("沒有這種案類。請從清單選，不確定可以不選。"), field="kinds")


def facts_by_kind(report: ReportIn, kinds: Iterable[str], now: datetime, county: str) -> dict[str, Facts]:
    """What the events of a new report are told with, per kind of case; what does not depend on it is asked once."""
    at = report.received_at
    spans = [rules.ages(person, rules.on_day(at)) for person in report.persons]
    child = any(person.role == "child" or person.is_unborn for person in report.persons)
    shared: Facts = {
        "county": county,
        "regime": rules.regime(at, county),
        "received_at": at,
        "reported_at": at,
        "known_at": report.known_at or at,
        "recorded_at": now,
        "reporter_category": report.reporter.category or None,
        "oral": "yes" if rules.mark("report.channel", report.channel, "oral", at, county) in ("yes", True) else "no",
        "new_event": "yes",
        "fourth_or_later": None,
        **rules.child_facts(spans, child, at, county),
    }
    return {kind: {"kind": kind, "mandated": _mandated(report, kind, county), **shared} for kind in kinds}


def _mandated(report: ReportIn, kind: str, county: str) -> str | None:
    said = report.mandated
    if said == YesNoUnknown.UNKNOWN:
        said = rules.is_mandated(kind, report.reporter.category, report.received_at, county)
    return None if said == YesNoUnknown.UNKNOWN else said
