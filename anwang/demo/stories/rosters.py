"""The seven rosters that the regulation names, as one county gets them.

A row is missing, rows are sent again, a list does not come, a child is in hiding, and one was not visited in time.
"""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from uuid import UUID

from odfdo import Cell, Document, Row, Table

from anwang.access.viewer import service_viewer
from anwang.cases.actions import Sight, Told, record_contact
from anwang.demo.beats import beat, taipei
from anwang.demo.canaries import LISTED
from anwang.demo.stage import Stage, born
from anwang.foundation import clock
from anwang.foundation.national_id import make_test_id
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.models import ScreeningPair
from anwang.matters.models import Matter
from anwang.people.actions import shield
from anwang.rosters.actions import expect_feed, receive_roster, take_on
from anwang.rosters.models import RosterFile, RosterRow
from anwang.rosters.reading import load

COUNTY = "99002"
KIND = "vulnerable_family"
HEAD = (
    "序號",
    "姓名",
    "身分證號",
    "性別",
    "出生日期",
    "居住地址",
    "父母或照顧者姓名",
    "父母或照顧者出生日期",
    "前置查訪結果",
)
TWO_LISTS = make_test_id("W", 2, 977)
"""The girl who stands on two lists."""
Line = tuple[str, ...]

MOVED: tuple[Line, ...] = (
    ("1", "沐雲朵", TWO_LISTS, "女", "112/8/14", "青嵐縣嵐溪鎮霧林路9311號", "沐海棠", "", "查訪，未遇"),
    ("2", "芮小滿", "", "女", "111/3/2", "", "芮青", "", "查訪，未居住該址"),
    ("4", "戴星河", "", "男", "110/11/30", LISTED, "戴如意", "", "查訪，未遇"),
)
"""逕遷: four were declared; the third did not come."""
VACCINATION: tuple[Line, ...] = (
    ("1", "沐雲朵", TWO_LISTS, "女", "112年8月14日", "青嵐縣嵐溪鎮霧林路9311號", "沐海棠", "", "催補種，聯絡不上"),
    ("2", "席望", "", "男", "113年5月5日", "青嵐縣北嶺鄉霧林路9313號", "席慕", "", "催補種，仍未接種"),
    ("3", "喬一", "", "女", "113年2月7日", "青嵐縣北嶺鄉霧林路9314號", "喬晚", "", "尚未辦理"),
)
AGAIN: tuple[Line, ...] = (
    ("3", "喬一", "", "女", "113年2月7日", "青嵐縣北嶺鄉霧林路9314號", "喬晚", "", "催補種，仍未接種"),
)
ONE_EACH: dict[str, tuple[str, str, tuple[Line, ...]]] = {
    "unregistered": ("嵐溪戶政事務所", "csv", (
        ("1", "", "", "女", "115/1/20", "青嵐縣嵐溪鎮霧林路9315號", "邢若水", "", "查訪，仍未辦理"),
    )),
    "insurance": ("健保署分區業務組", "csv", (
        ("1", "麥小田", "", "男", "113/7/1", "青嵐縣北嶺鄉霧林路9316號", "麥穗", "", "輔導納保，聯絡不上"),
    )),
    "not_enrolled": ("嵐溪國民小學", "csv", ()),
    "inmate_child": ("青嵐監獄", "ods", (
        ("1", "翟冬", "", "男", "106/10/10", "青嵐縣嵐溪鎮霧林路9317號", "翟嵩", "", "確認，有照顧需求"),
    )),
    "teen_parent": ("北嶺戶政事務所", "ods", (
        ("1", "葛初一", "", "女", "115/2/17", "青嵐縣北嶺鄉霧林路9318號", "葛微", "97/6/6", "確認，願意接受服務"),
    )),
}  # fmt: skip


class Rosters(Stage):
    """何宛真 at 青嵐縣's desk takes the lists; 朱怡君 of 嵐溪社福中心 visits, but one child too few."""

    moved: RosterFile
    vaccination: RosterFile
    case_id: UUID

    @beat("2025-10-13 10:00")
    def no_child_was_absent_that_term(self) -> None:
        """An empty list is an answer too; the next one should have come by the spring."""
        self._bring("not_enrolled", *ONE_EACH["not_enrolled"], period="114-1")

    @beat("2026-03-11 16:20")
    def a_mother_asks_that_nobody_learns_where_they_are(self) -> None:
        told = ReportIn(
            received_at=taipei("2026-03-11 16:00"), channel="walk_in", kinds=("intimate_violence",),
            narrative="來談：已帶孩子離開，請不要讓任何人知道去處。",
            persons=(
                PersonIn(role="victim", name="戴如意", sex="female", birth=born("1994-06-03")),
                PersonIn(role="child", name="戴星河", sex="male", birth=born("2021-11-30")),
            ),
            reporter=ReporterIn(category="self", may_call_back="no"),
        )  # fmt: skip
        by = self.become("he")
        self.shielded = self.take(told, by)
        for name in ("戴如意", "戴星河"):
            shield(person_id=self.person(self.shielded.id, name), ask_whom="青嵐縣家防中心 (08)000-2022", by=by,
                   at=clock.now())  # fmt: skip
        mother = self.person(self.shielded.id, "戴如意")
        known = {"danger_now": "no", "harm": "yes", "preschool_child": "yes"}
        self.screen(self.shielded.id, mother, "intimate_violence", {"screening": (known, "protection")}, by=by)
        self.given = self.give(self.shielded.id, "intimate_violence", [mother], to=self.to("ql-protection", "kang"),
                               by=by)  # fmt: skip

    @beat("2026-03-11 17:05")
    def the_protection_centre_signs(self) -> None:
        self.sign_for(self.given, "kang")

    @beat("2026-04-07 09:40")
    def children_moved_to_the_registry_office(self) -> None:
        self.moved = self._bring("moved", "嵐溪戶政事務所", "csv", MOVED, declared=4, period="115-03")
        self._take()

    @beat("2026-04-07 11:30")
    def two_are_dispatched(self) -> None:
        self.case_id = self._dispatch(self.moved, 1)
        self.unseen = self._dispatch(self.moved, 2)
        self.in_hiding = self._people(self.moved, 3)
        self.hidden = self._dispatch(self.moved, 3, unit="ql-protection", worker="kang")

    @beat("2026-04-07 14:10")
    def the_welfare_centre_signs(self) -> None:
        for case_id in (self.case_id, self.unseen):
            self.sign_for(case_id, "zhu")
        self.sign_for(self.hidden, "kang")

    @beat("2026-04-08 17:10")
    def the_child_in_hiding_is_seen(self) -> None:
        seen_at, people = taipei("2026-04-08 16:00"), self.in_hiding
        self.met(self.hidden, "kang", seen_at, people, "見到孩子，母子平安。", place="office")

    @beat("2026-04-09 09:50")
    def children_not_vaccinated(self) -> None:
        """In Big5, as the health station's program writes it; one had not been called yet and goes back."""
        self.vaccination = self._bring("vaccination", "嵐溪衛生所", "big5", VACCINATION, period="115-03")
        self._take()

    @beat("2026-04-09 16:30")
    def the_first_visit(self) -> None:
        self.become("he")
        seen = self._people(self.moved, 1)
        self.met(self.case_id, "zhu", taipei("2026-04-09 15:00"), seen, "見到孩子，住外婆家，戶籍的事媽媽會去辦。")

    @beat("2026-04-10 16:00")
    def nobody_at_the_second_door(self) -> None:
        self.become("he")
        people = self._people(self.moved, 2)
        told = Told(method="home", outcome="not_met", started_at=taipei("2026-04-10 15:20"), place_kind="home",
                    summary="無人應門，鄰居說很久沒有看到人。",
                    sights=[Sight(person, "no", because="no_answer") for person in people])  # fmt: skip
        record_contact(matter_id=self.unseen, told=told, by=self.become("zhu"))

    @beat("2026-04-13 10:10")
    def lists_of_one(self) -> None:
        for kind, (sender, form, lines) in ONE_EACH.items():
            if kind != "not_enrolled":
                self._bring(kind, sender, form, lines, period="115-03")
        self._take()

    @beat("2026-04-14 11:00")
    def the_row_that_went_back_comes_again(self) -> None:
        self._bring("vaccination", "嵐溪衛生所", "csv", AGAIN, period="115-03", about=self.vaccination.number)
        self._take()

    @beat("2026-04-14 15:30")
    def the_others_are_dispatched(self) -> None:
        for row in self._opened():
            if row.file_id != self.moved.id:
                self.sign_for(self._give_row(row), "zhu")

    @beat("2026-04-15 17:00")
    def visits_of_the_week(self) -> None:
        for row, case_id in list(self._open_cases()):
            self.become("he")
            people = self._people_of(row)
            self.met(case_id, "zhu", clock.now() - timedelta(hours=2), people, "見到孩子，家人說會去辦。")

    # --- the steps ---

    def _bring(
        self, kind: str, sender: str, form: str, lines: tuple[Line, ...], *, declared: int | None = None,
        period: str = "", about: str = "",
    ) -> RosterFile:  # fmt: skip
        by, now = self.become("he"), clock.now()
        expect_feed(kind=kind, sender=sender, by=by, at=now)
        roster = load(
            body=_file(lines, form), kind=kind, sender=sender, received_at=now, county=COUNTY,
            declared=len(lines) if declared is None else declared, period=period, about=about, name=f"名冊.{form}",
        )  # fmt: skip
        return receive_roster(roster=roster, by=by).file

    def _take(self) -> None:
        """What the worker does within seconds."""
        take_on(by=service_viewer("rosters"))
        self.become("he")

    def _dispatch(self, file: RosterFile, line: int, unit: str = "ql-welfare", worker: str = "zhu") -> UUID:
        return self._give_row(self._row(file, line), unit, worker)

    def _give_row(self, row: RosterRow, unit: str = "ql-welfare", worker: str = "zhu") -> UUID:
        by = self.become("he")
        pairs = list(ScreeningPair.objects.filter(report_id=row.report_id).values_list("person_id", flat=True))
        for person in pairs:
            self.screen(row.report_id, person, KIND, {
                "screening": ({"danger_now": "no", "harm": "no", "nobody_supports": "no", "care_at_risk": "yes"}, KIND),
            }, by=by)  # fmt: skip
        return self.give(row.report_id, KIND, pairs, to=self.to(unit, worker), by=by)

    def _people(self, file: RosterFile, line: int) -> list[UUID]:
        return self._people_of(self._row(file, line))

    def _row(self, file: RosterFile, line: int) -> RosterRow:
        """As the front door reads it."""
        self.become("he")
        return RosterRow.objects.get(file=file, line=line, attempt=0)

    def _people_of(self, row: RosterRow) -> list[UUID]:
        return [row.person_id] if row.person_id else []

    def _open_cases(self) -> list[tuple[RosterRow, UUID]]:
        found = []
        for row in self._opened():
            case = Matter.objects.filter(arose_from_id=row.report_id, kind="case").first()
            if case is not None and row.file_id != self.moved.id:
                found.append((row, case.id))
        return found

    def _opened(self) -> list[RosterRow]:
        """As the front door reads them: not those of a child in hiding whom it has handed over."""
        self.become("he")
        found = RosterRow.objects.filter(file__county=COUNTY, report__isnull=False, taken="opened")
        return list(found.order_by("id"))


def _file(lines: tuple[Line, ...], form: str) -> bytes:
    if form == "ods":
        return _spreadsheet(lines)
    kept = io.StringIO(newline="")
    csv.writer(kept).writerows([HEAD, *lines])
    return kept.getvalue().encode("cp950" if form == "big5" else "utf-8-sig")


def _spreadsheet(lines: tuple[Line, ...]) -> bytes:
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("名冊")
    for line in (HEAD, *lines):
        row = Row()
        for value in line:
            row.append_cell(Cell(value))
        table.append_row(row)
    document.body.append(table)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
