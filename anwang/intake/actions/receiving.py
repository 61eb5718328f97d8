"""Receiving a report: the matter, its clocks, what came in, who reported (apart) and who is in it, in one breath."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.actions import desk_key, grant, unit_key
from anwang.access.states import Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Desk
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.foundation.uuid7 import uuid7
from anwang.intake import events, policies, rules, sealed
from anwang.intake.incoming import OriginalIn, ReporterIn, ReportIn
from anwang.intake.models import (
    OriginalBody,
    ReceivedKey,
    Report,
    Reporter,
    ReportOriginal,
    ReportSupplement,
)
from anwang.intake.states import CallOutcome
from anwang.matters.actions import happened, open_matter
from anwang.matters.promises import keep
from anwang.matters.states import MatterKind
from anwang.people.states import YesNoUnknown

from .calls import settle_call, who_called
from .concluding import look_again
from .persons import add_pairs, write_persons
from .where import acting, intake_unit
from .witnesses import tell_of_witnesses

SUICIDE = "suicide"
"""Kind of case whose care begins with the report, whoever takes it over."""
PARTIES = ("self", "family")
"""Categories of a reporter who is one of those the report is about, or may be."""


@transaction.atomic
def receive_report(
    *,
    report: ReportIn,
    by: Viewer,
    county: str = "",
    sender: str = "",
    key: str = "",
    call_id: UUID | None = None,
) -> Report:
    """A report came in at `report.received_at`. Clocks start then, whenever it is keyed.

    `sender` with `key` names the record in the sender's system: the same record again gives the report that is
    there and changes nothing. The county's centre is accountable from that instant; the desk on duty, or by day the
    centre, acts. Raises BadInput for what cannot be taken, Conflict when a key comes again with other content.
    """
    policies.may_take_report(by).enforce()
    county = county or by.county
    if known := _known(sender, key, report.originals):
        return known
    now = clock.now()
    _check(report, now, county)
    report_id, unit_id = uuid7(), intake_unit(county)
    kinds = report.kinds or (rules.CHILD_PROTECTION,)
    facts = _facts(report, kinds[0], now, county)
    open_matter(
        kind=MatterKind.REPORT, county=county, accountable_id=unit_id, acting=acting(county, unit_id, now, by),
        opened_at=report.received_at, event=events.REPORT_RECEIVED, facts=facts, by=by, matter_id=report_id,
    )  # fmt: skip
    _let_the_centre_read(report_id, unit_id, county, by=by, at=report.received_at)
    row = _write(report_id, report, kinds, facts, now, county, by)
    _write_reporter(report_id, who_called(call_id, report.reporter), now, by)
    write_originals(report_id, report.originals, at=report.received_at, by=by)
    people = write_persons(report_id, report.persons, at=report.received_at, by=by)
    add_pairs(report_id, kinds, people, at=report.received_at, by=by)
    _tell(row, report, kinds, county, by)
    tell_of_witnesses(row, people, kinds, county, by=by, at=report.received_at)
    if sender and key:
        ReceivedKey(
            sender=sender, key=key, sha256=_sum(report.originals), report_id=report_id, recorded_at=now
        ).save(force_insert=True)  # fmt: skip
    if call_id is not None:
        settle_call(call_id=call_id, outcome=CallOutcome.REPORT, report_id=report_id, by=by, at=now)
    look_again(row, by=by)
    record("report.received", by=by, at=report.received_at, matter_id=report_id, channel=report.channel,
           late=row.is_late_entry, call=call_id)  # fmt: skip
    keep()
    return row


def _known(sender: str, key: str, originals: tuple[OriginalIn, ...]) -> Report | None:
    """The report this record became already. Not read from the table: an import reads no personal row."""
    seen = ReceivedKey.objects.filter(sender=sender, key=key).first() if sender and key else None
    if seen is None:
        return None
    if seen.sha256 != _sum(originals):
        raise Conflict(_("這個來文編號收過，內容不同。請另編號，或以補充資料送來。"))
    return Report(id=seen.report_id)


def _sum(originals: tuple[OriginalIn, ...]) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(each.body).digest() for each in originals)).hexdigest()


def _check(report: ReportIn, now: datetime, county: str) -> None:
    if report.received_at > now:
        raise BadInput(_("接獲時間不能在未來。請填電話或傳真實際到的時間。"), field="received_at")
    if report.known_at and report.known_at > now:
        raise BadInput(_("知悉時間不能在未來。不知道可以不填。"), field="known_at")
    if not report.narrative.strip() and not report.originals:
        raise BadInput(_("請寫通報內容，照對方說的寫就好。"), field="narrative")
    if not rules.codes("report.channel", report.received_at, county):
        raise BadInput(_("接獲時間太早，那時還沒有這些規則。請再看年份。"), field="received_at")
    if not rules.is_code("report.channel", report.channel, report.received_at, county):
        raise BadInput(_("請選從哪裡來的，例如電話或傳真。"), field="channel")
    for kind in report.kinds:
        if not rules.is_code("case.kind", kind, report.received_at, county):
            raise BadInput(_("沒有這種案類。請從清單選，不確定可以不選。"), field="kinds")


def _facts(report: ReportIn, kind: str, now: datetime, county: str) -> dict[str, object]:
    at = report.received_at
    spans = [rules.ages(person, rules.on_day(at)) for person in report.persons]
    child = any(person.role == "child" or person.is_unborn for person in report.persons)
    mandated = report.mandated
    if mandated == YesNoUnknown.UNKNOWN:
        mandated = rules.is_mandated(kind, report.reporter.category, at, county)
    return {
        "kind": kind,
        "county": county,
        "regime": rules.regime(at, county),
        "received_at": at,
        "reported_at": at,
        "known_at": report.known_at or at,
        "recorded_at": now,
        "reporter_category": report.reporter.category or None,
        "mandated": None if mandated == YesNoUnknown.UNKNOWN else mandated,
        "oral": "yes" if rules.mark("report.channel", report.channel, "oral", at, county) in ("yes", True) else "no",
        "new_event": "yes",
        "fourth_or_later": None,
        **rules.child_facts(spans, child, at, county),
    }


def _let_the_centre_read(report_id: UUID, unit_id: UUID, county: str, *, by: Viewer, at: datetime) -> None:
    """Screeners of the centre work one queue; the night desk must know what may ring tonight."""
    grant(file_id=report_id, holder=unit_key(unit_id, Role.SCREENER), zones=(Zone.WORK, Zone.CASE, Zone.SPECIAL),
          purpose=Purpose.INTAKE, because="intake", by=by, at=at)  # fmt: skip
    for desk_id in Desk.objects.filter(unit__jurisdiction_id=county, covers_county=True).values_list("id", flat=True):
        grant(file_id=report_id, holder=desk_key(desk_id), zones=(Zone.WORK, Zone.CASE), purpose=Purpose.DUTY,
              because="duty", by=by, at=at)  # fmt: skip


def _write(
    report_id: UUID, report: ReportIn, kinds: tuple[str, ...], facts: dict[str, object], now: datetime, county: str,
    by: Viewer,
) -> Report:  # fmt: skip
    row = Report(
        id=report_id,
        channel=report.channel,
        source=report.source,
        unit_code=report.unit_code,
        reporting_unit=report.reporting_unit,
        kinds=list(kinds),
        kinds_assumed=not report.kinds,
        mandated=facts["mandated"] or YesNoUnknown.UNKNOWN,
        received_at=report.received_at,
        known_at=report.known_at,
        recorded_at=now,
        is_late_entry=rules.is_late("entry.report_late_after", report.received_at, now, county),
        is_oral=facts["oral"] == "yes",
        narrative=report.narrative.strip(),
        place=report.place.strip(),
        area_code=report.area_code,
        urgency=report.urgency,
        event_id=report_id,
        taken_by_id=by.worker_id,
        taken_unit_id=by.unit_id,
    )
    row.save(force_insert=True)
    if report.remarks:
        ReportSupplement(
            report_id=report_id, text="\n".join(report.remarks), at=report.received_at, recorded_at=now,
            by=by.worker_id,
        ).save(force_insert=True)  # fmt: skip
    return row


def _write_reporter(report_id: UUID, reporter: ReporterIn, now: datetime, by: Viewer) -> None:
    row_id = uuid7()
    said = {
        "name": reporter.name.strip(),
        "phone": reporter.phone.strip(),
        "organisation": reporter.organisation.strip(),
        "relation": reporter.relation.strip(),
    }
    Reporter(
        id=row_id,
        report_id=report_id,
        sealed=sealed.seal(said, "reporter", row_id),
        category=reporter.category,
        may_call_back=reporter.may_call_back,
        call_when=reporter.call_when,
        name_to_use=reporter.name_to_use,
        is_party=reporter.is_party or reporter.category in PARTIES,
        recorded_at=now,
        recorded_by=by.worker_id,
    ).save(force_insert=True)


def write_originals(report_id: UUID, originals: tuple[OriginalIn, ...], *, at: datetime, by: Viewer) -> None:
    """Keep what came in byte for byte, whatever the bytes are; nobody opens or renders them here."""
    now = clock.now()
    for each in originals:
        original = ReportOriginal(
            id=uuid7(),
            report_id=report_id,
            name=each.name[:200],
            media_type=each.media_type[:100],
            size=len(each.body),
            sha256=hashlib.sha256(each.body).hexdigest(),
            received_at=at,
            recorded_at=now,
            recorded_by=by.worker_id,
        )
        original.save(force_insert=True)
        OriginalBody(original=original, report_id=report_id, body=each.body).save(force_insert=True)


def _tell(row: Report, report: ReportIn, kinds: tuple[str, ...], county: str, by: Viewer) -> None:
    """One event per kind of case: each has its own clocks."""
    for number, kind in enumerate(kinds):
        facts = _facts(report, kind, row.recorded_at, county)
        if number:
            happened(matter_id=row.id, event=events.REPORT_RECEIVED, at=row.received_at, by=by, facts=facts)
        if kind == SUICIDE:
            happened(matter_id=row.id, event=events.SUICIDE_REPORTED, at=row.received_at, by=by, facts=facts)
        if row.is_oral:
            happened(matter_id=row.id, event=events.REPORT_ORAL, at=row.received_at, by=by, facts=facts)
