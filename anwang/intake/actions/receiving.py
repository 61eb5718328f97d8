"""Receiving reports: each planned whole, all written together, every table once, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.questions import Question, ask
from anwang.audit.rows import Rows, new
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import AnwangError, Conflict
from anwang.intake import events, policies
from anwang.intake.incoming import Arrival, ReportIn
from anwang.intake.models import ReceivedKey, Report
from anwang.intake.states import CallOutcome
from anwang.matters.actions.planning import draw, free, which_are_taken
from anwang.matters.promises import keep
from anwang.matters.states import MatterKind
from anwang.people.actions.planning import hide_addresses
from anwang.systems.actions.telling import Telling

from .arriving import Ground, Planned, finish, plan
from .calls import settle_call
from .checking import check
from .concluding import is_often_reported, look_again
from .persons import known_among
from .telling_senders import tell_received
from .where import place, which_desks

SEEN_SQL = """
SELECT k.sender, k.key, k.sha256, k.meaning, k.report_id FROM intake_receivedkey k
  JOIN unnest(%s::text[], %s::text[]) AS asked (sender, key) USING (sender, key)
"""
Named = tuple[str, str]


class Came(NamedTuple):
    """What came under a key: its sum, empty where it came in another form; what it means; the report it became."""

    sha256: str
    meaning: str
    report_id: UUID


Seen = dict[Named, Came]
Outcome = Report | AnwangError


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
    (found,) = receive_reports(arrivals=[Arrival(report, sender, key, call_id)], by=by, county=county)
    if isinstance(found, AnwangError):
        raise found
    return found


@transaction.atomic(savepoint=False)
def receive_reports(*, arrivals: Sequence[Arrival], by: Viewer, county: str = "") -> list[Outcome]:
    """Reports that come in together, in order: each becomes a report, is one already, or is refused by itself.

    Nothing of a refused one is written, and the others stand. A report that was there already is given with nothing
    but its id (`_state.adding`), because an import reads no personal row. What the database refuses it refuses for
    all: the caller may try each half again.
    """
    policies.may_take_report(by).enforce()
    with held():
        return _Receiving(arrivals, by, county or by.county).outcomes()


class _Receiving:
    """One go at taking reports; what has been planned waits in `rows` until it is written."""

    def __init__(self, arrivals: Sequence[Arrival], by: Viewer, county: str) -> None:
        self.arrivals, self.by, self.county = arrivals, by, county
        self.now = clock.now()
        self.seen: Seen = {}
        self.rows, self.keys = Rows(), list[ReceivedKey]()
        self.told: list[Telling] = []

    def outcomes(self) -> list[Outcome]:
        faults = [self._fault(arrival) for arrival in self.arrivals]
        able = [n for n, fault in enumerate(faults) if fault is None]
        drawn = draw(MatterKind.REPORT, [self.arrivals[n].report.received_at for n in able])
        seen, taken, desks = ask(
            _which_are_seen(self.arrivals), which_are_taken(drawn), which_desks(self.county, self.now)
        )  # fmt: skip
        self.seen = {(row["sender"], row["key"]): Came(row["sha256"], row["meaning"], UUID(row["report_id"]))
                     for row in seen}  # fmt: skip
        looked_at = [self._looked_at(arrival) or fault for arrival, fault in zip(self.arrivals, faults, strict=True)]
        numbers = dict(zip(able, free(drawn, taken), strict=True))
        new = [n for n, found in enumerate(looked_at) if found is None]
        ground = self._ground(new, desks) if new else None
        outcomes = [
            found if ground is None or found is not None else self._taken(self.arrivals[n], numbers[n], ground)
            for n, found in enumerate(looked_at)
        ]
        self._write()
        return outcomes  # type: ignore[return-value]  # no None is left

    def _write(self) -> None:
        # In one order in every process, so that two that take the same records wait for each other and never both.
        self.rows.add(*sorted(self.keys, key=lambda row: (row.sender, row.key)))
        self.rows.write()
        tell_received(self.told, county=self.county, by=self.by)
        keep()

    def _fault(self, arrival: Arrival) -> AnwangError | None:
        try:
            check(arrival.report, self.now, self.county)
        except AnwangError as refused:
            return refused
        return None

    def _looked_at(self, arrival: Arrival) -> Outcome | None:
        """The report this record became already, or that it comes with other content; None when it is new."""
        try:
            return self._known(arrival)
        except AnwangError as refused:
            return refused

    def _known(self, arrival: Arrival) -> Report | None:
        """Not read from the table of reports: an import reads no personal row."""
        found, other = self.seen.get((arrival.sender, arrival.key)), None
        if found is None and arrival.number:
            other = self.seen.get((arrival.sender, arrival.number))
            # Two long names may end in one number: they are two reports, and the number is the first one's.
            found = other if other and other.sha256 else None
        if found is None:
            return None
        is_same = found.sha256 in (arrival.content, _sum_of_bytes(arrival))
        if not is_same and (other or not found.sha256):  # it came in the other form
            is_same = found.meaning != "" and found.meaning == arrival.meaning
        if not is_same:
            raise Conflict(_("這個來文編號收過，內容不同。請另編號，或以補充資料送來。"))
        return Report(id=found.report_id)

    def _ground(self, new: Iterable[int], desks: list[dict[str, Any]]) -> Ground:
        persons = [person for n in new for person in self.arrivals[n].report.persons]
        return Ground(self.by, self.county, self.now, place(desks, self.by), known_among(persons, self.by))

    def _taken(self, arrival: Arrival, number: str, ground: Ground) -> Outcome:
        try:
            known = self._known(arrival)  # the same record may stand in one file twice
            planned = None if known else plan(arrival, number, ground)
        except AnwangError as refused:
            return refused
        if planned is None:
            return known  # type: ignore[return-value]  # one of the two is there
        if arrival.sender and arrival.key:
            self._remember(arrival, planned.report.id)
            self.told.append(Telling(arrival.sender, number, planned.report.received_at, planned.report.id))
        self._put(planned, arrival)
        return planned.report

    def _remember(self, arrival: Arrival, report_id: UUID) -> None:
        """Its key, and where that is a longer name the number by which it would come in the other form."""
        names = {arrival.key: _sum(arrival)}
        if arrival.number and (arrival.sender, arrival.number) not in self.seen:
            names[arrival.number] = ""
        for name, sha256 in names.items():
            self.seen[arrival.sender, name] = Came(sha256, arrival.meaning, report_id)
            self.keys.append(
                new(ReceivedKey, sender=arrival.sender, key=name, sha256=sha256, meaning=arrival.meaning,
                    report_id=report_id, recorded_at=self.now)
            )  # fmt: skip

    def _put(self, planned: Planned, arrival: Arrival) -> None:
        """Into the rows to be written; at once where earlier reports about somebody in it are asked for."""
        row = planned.report
        if not planned.known_ids and is_often_reported(1, row, self.county):
            facts = {"reports_in_window": 1, "county": self.county}
            planned.opening.happened(event=events.SECOND_LOOK_TRIGGERED, at=self.now, facts=facts)
        self.rows.take(finish(planned, arrival, self.by))
        if arrival.call_id is not None:
            settle_call(call_id=arrival.call_id, outcome=CallOutcome.REPORT, report_id=row.id, by=self.by, at=self.now)
        if planned.known_ids:
            self.rows.write()
            hide_addresses(planned.known_ids)
            look_again(row, by=self.by)


def _sum(arrival: Arrival) -> str:
    """By which the same record is known again."""
    return arrival.content or _sum_of_bytes(arrival)


def _sum_of_bytes(arrival: Arrival) -> str:
    sums = (hashlib.sha256(each.body).digest() for each in arrival.report.originals)
    return hashlib.sha256(b"".join(sums)).hexdigest()


def _which_are_seen(arrivals: Iterable[Arrival]) -> Question:
    named = [
        (arrival.sender, key) for arrival in arrivals for key in (arrival.key, arrival.number) if arrival.sender and key
    ]
    return Question(SEEN_SQL, [[sender for sender, _key in named], [key for _sender, key in named]])
