"""What the county tells other systems, and what it owes the central database.

The schools' system takes a file a day; the emergency ward's address was given up, and nobody noticed for a day. The
screener uploads on Fridays, and one report was forgotten.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from anwang.access.viewer import Viewer, service_viewer
from anwang.demo.beats import Beat, beat, taipei
from anwang.demo.stage import Stage
from anwang.foundation import clock
from anwang.matters.models import Matter
from anwang.matters.states import MatterKind
from anwang.systems.actions import register_system, speak_for
from anwang.systems.actions.endpoints import open_endpoint
from anwang.systems.actions.hearing import EventIn, take_event, understand
from anwang.systems.actions.sending import note_attempt, number_waiting
from anwang.systems.actions.telling import Telling, announce
from anwang.systems.events import REPORT_CLOSED, REPORT_DECIDED, REPORT_RECEIVED, Told
from anwang.systems.models import Incoming, Outgoing
from anwang.uploads.actions import mark_failed, mark_uploaded
from anwang.uploads.queries import uploads

COUNTY = "99001"
FIRST_FRIDAY, LAST_FRIDAY = date(2026, 1, 9), date(2026, 4, 17)
FORGETS = date(2026, 3, 13)
"""From this Friday on one line stays behind."""
TRIES = 12
ACKNOWLEDGED = UUID("0190a000-0000-7000-8000-000000000001")
NOT_UNDERSTOOD = UUID("0190a000-0000-7000-8000-000000000004")


class OtherSystems(Stage):
    """余文君 of the administration registers them; 杜婉婷 at the centre uploads."""

    schools: UUID
    ward: UUID

    def beats(self) -> list[Beat]:
        fridays, on = [], FIRST_FRIDAY
        while on <= LAST_FRIDAY:
            fridays.append(Beat(taipei(f"{on} 16:10"), self._upload))
            on += timedelta(days=7)
        return super().beats() + fridays

    @beat("2026-03-02 10:20")
    def they_are_registered(self) -> None:
        by, now = self.become("yu"), clock.now()
        schools = register_system(
            code="school-reports", name="校園通報系統", name_en="School reports", agency="望潮縣政府教育處",
            reach="county", channels=("api", "file"), contact_unit="校安中心", contact_phone="(08)000-2100", by=by,
            at=now,
        )  # fmt: skip
        ward = register_system(
            code="harbour-er", name="海港醫院急診通報", name_en="Harbour Hospital emergency", agency="海港醫院",
            reach="county", channels=("fhir", "webhook"), contact_unit="資訊室", contact_phone="(08)000-2200", by=by,
            at=now,
        )  # fmt: skip
        self.schools, self.ward = schools.id, ward.id
        told = sorted(set(Told.values))
        open_endpoint(system_id=schools.id, county=COUNTY, kind="file", events=told, by=by, at=now)
        open_endpoint(
            system_id=ward.id, county=COUNTY, kind="webhook", address="https://er.harbour.invalid/anwang", events=told,
            by=by, at=now,
        )  # fmt: skip

    @beat("2026-03-02 10:40")
    def lists_may_come_from_two_offices(self) -> None:
        by, now = self.become("yu"), clock.now()
        lists = register_system(
            code="household-lists", name="戶政名冊傳送系統", name_en="Household lists", agency="望潮縣政府民政處",
            reach="county", channels=("api", "roster"), contact_unit="戶政科", contact_phone="(08)000-2400", by=by,
            at=now,
        )  # fmt: skip
        for office in ("嵐溪戶政事務所", "北嶺戶政事務所"):
            speak_for(system_id=lists.id, name=office, by=by, at=now)

    @beat("2026-04-17 09:30")
    def the_schools_hear(self) -> None:
        by, numbers = self.become("du"), self._numbers(4)
        for event, word in ((REPORT_RECEIVED, "received"), (REPORT_DECIDED, "being_handled")):
            announce(event, tell=[self._of(one, "school-reports") for one in numbers], county=COUNTY, by=by, says=word)
        announce(REPORT_CLOSED, tell=[self._of(numbers[0], "school-reports")], county=COUNTY, by=by, says="handled")

    @beat("2026-04-20 10:00")
    def nobody_takes_it(self) -> None:
        by, (first, second) = self.become("du"), self._numbers(6)[4:]
        announce(REPORT_RECEIVED, tell=[self._of(first, "harbour-er")], county=COUNTY, by=by, says="received")
        announce(REPORT_DECIDED, tell=[self._of(second, "harbour-er")], county=COUNTY, by=by, says="being_handled")
        service, at = service_viewer("sending"), clock.now()
        messages = list(Outgoing.objects.filter(endpoint__system_id=self.ward).order_by("id"))
        number_waiting(endpoint_id=messages[0].endpoint_id, by=service, at=at)
        for number in range(TRIES):
            self._try(messages[0], service, number)
        self._try(messages[1], service, TRIES)

    @beat("2026-04-21 08:50")
    def the_ward_writes(self) -> None:
        service = Viewer(worker_id=None, name="events", county=COUNTY, service="events")
        service_viewer("events")
        for event_id, kind, number in (
            (ACKNOWLEDGED, "tw.anwang.trial", 1), (NOT_UNDERSTOOD, "org.harbour.bed.free", 4),
        ):  # fmt: skip
            came = EventIn(event_id, kind, "", None, number, clock.now(), str(number).encode())
            take_event(system_id=self.ward, came=came, by=service, at=clock.now())
        for row_id in list(Incoming.objects.order_by("number").values_list("id", flat=True)):
            understand(message_id=row_id, by=service, at=clock.now())

    def _upload(self) -> None:
        """Everything on the list goes in; but once a line is overlooked, and once fields are refused."""
        by, now, on = self.become("du"), clock.now(), clock.today()
        lines = uploads(by, "open").lines
        for n, line in enumerate(lines):
            if on >= FORGETS and n == 0:
                continue
            given = {"number": line.number, "way": "typed", "seen_at": now, "by": by, "at": now}
            if on == LAST_FRIDAY and n == 1:
                mark_failed(failure="refused", **given)
            else:
                mark_uploaded(central_number=f"W115-{on:%m%d}-{n + 1:03}", **given)

    def _try(self, message: Outgoing, by: Viewer, number: int) -> None:
        at = clock.now() + timedelta(hours=number)
        note_attempt(message_id=message.id, status=None, because="name", milliseconds=12 + number, by=by, at=at)

    @staticmethod
    def _of(number: str, system: str) -> Telling:
        return Telling(system, number, clock.now())

    @staticmethod
    def _numbers(count: int) -> list[str]:
        """Numbers of the county's earliest reports of the spring."""
        found = Matter.objects.filter(kind=MatterKind.REPORT, county=COUNTY, opened_at__gte=taipei("2026-03-02 00:00"))
        return list(found.order_by("opened_at", "id").values_list("number", flat=True)[:count])
