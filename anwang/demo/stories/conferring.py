"""Meetings: a high-risk meeting with both sides, its decisions; a room for a night; a review of what went before."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from anwang.conferences import actions
from anwang.conferences.models import Decision, Invitation, Meeting, Part, Proposal
from anwang.demo.beats import beat, taipei
from anwang.demo.county import County
from anwang.demo.stage import Stage
from anwang.foundation import clock

from .first_night import FirstNight
from .next_door import NextDoor

MONTH = "高危機個案網絡會議"


class Conferring(Stage):
    """林佳安 and 張雅文 at the high-risk meeting; the night of 20 April; the boy's injuries of March reviewed."""

    april: Meeting
    may: Meeting
    room: UUID
    review: UUID

    def __init__(self, county: County, night: FirstNight, next_door: NextDoor) -> None:
        super().__init__(county)
        self.night, self.next_door = night, next_door

    @beat("2026-03-30 10:00")
    def lin_lists_her(self) -> None:
        self._list(self.night.mother, self.night.who["林佳安"], "警方危險評估回報為高，他揚言同歸於盡。")

    @beat("2026-04-01 09:30")
    def wen_calls_the_meeting_of_april(self) -> None:
        self.april = self._call("115年4月" + MONTH, "2026-04-15 14:00", "2026-04-15 16:00")
        self._take(self.april)
        self._invite(self.april, "hers", "lin", "guan")
        asked = actions.Asked(side="hers", unit_id=self.county.units["wc-hospital"], guest="縣立望潮醫院　社工師")
        actions.invite(meeting_id=self.april.id, asked=asked, by=self.become("wen"), at=clock.now())

    @beat("2026-04-02 11:20")
    def they_answer(self) -> None:
        self._answer(self.april, "lin", "comes")
        self._answer(self.april, "guan", "video")

    @beat("2026-04-15 16:30")
    def it_is_held(self) -> None:
        by, now = self.become("wen"), clock.now()
        asked = Invitation.objects.filter(meeting=self.april).values_list("id", "worker_id")
        came = {key: ("letter" if worker is None else "present", "") for key, worker in asked}
        held = actions.Held(taipei("2026-04-15 14:05"), taipei("2026-04-15 15:50"), came)
        actions.hold(meeting_id=self.april.id, held=held, by=by, at=now)
        part = Part.objects.get(meeting=self.april).id
        write = {"meeting_id": self.april.id, "by": by, "at": now}
        actions.write_minute(section="opening", text="請各單位說明分工，決議由主辦單位回報。", **write)
        actions.write_minute(
            part_id=part, section="situation", text="已分居，保護令開庭日確定。他仍會到學校附近。", **write
        )
        actions.write_minute(
            part_id=part, section="units", text="警方：已加強校門口巡邏。檢察官：違反保護令即報請。", **write
        )
        self._decide(part, "一", "更新安全計畫並交學校一份", "wc-adult", date(2026, 4, 20), worker="lin")
        self._decide(part, "二", "校門口上下學時段巡邏一個月", "wc-police", date(2026, 5, 15))
        self._decide(part, "三", "每月回報一次被害人處境", "wc-adult", date(2026, 4, 17), worker="lin")

    @beat("2026-04-16 15:10")
    def the_minutes_stand_and_the_hospital_is_told(self) -> None:
        by, now = self.become("wen"), clock.now()
        actions.confirm(meeting_id=self.april.id, by=by, at=now)
        absent = Invitation.objects.get(meeting=self.april, worker=None)
        actions.relay(invitation_id=absent.id, how="電話轉知社工師", by=by, at=now)

    @beat("2026-04-18 10:20")
    def lin_reports(self) -> None:
        decision = Decision.objects.get(source_id=self.april.id, number="一") if self.become("lin") else None
        assert decision is not None
        actions.report_decision(
            decision_id=decision.id, words="安全計畫更新，學務主任簽收一份。", evidence="訪視4月17日，學校簽收單",
            proposes="released", by=self.become("lin"), at=clock.now(),
        )  # fmt: skip

    @beat("2026-04-20 09:20")
    def another_is_listed(self) -> None:
        self._list(self.next_door.hers, self.next_door.who["張雅文"], "勒頸、揚言同歸於盡，人已離家。")

    @beat("2026-04-20 10:40")
    def the_meeting_of_may_is_laid(self) -> None:
        by = self.become("xu2")
        actions.propose(file_id=self.next_door.his, to_unit_id=self.county.units["wc-child"], sort="high_risk",
                        because="情緒與飲酒沒有改善，想知道各單位怎麼接。", by=by, at=clock.now())  # fmt: skip
        self.may = self._call("115年5月" + MONTH, "2026-05-14 14:00", "2026-05-14 16:00")
        self._take(self.may)
        self._invite(self.may, "hers", "lin", "guan")
        self._invite(self.may, "his", "xu2", "yan")

    @beat("2026-04-20 18:40")
    def a_room_for_the_night(self) -> None:
        now = clock.now()
        wanted = actions.Wanted(
            purpose="violence", words="緊急保護令剛核發，他今晚可能去找人。", basis="violence_8",
            ends_at=now + timedelta(hours=24),
            members=[
                actions.Called(role="prosecutor", worker_id=self.county.workers["guan"]),
                actions.Called(role="police", guest="望潮縣警察局婦幼隊　范警務員　(08)000-1190"),
            ],
        )  # fmt: skip
        room = actions.open_room(case_id=self.next_door.hers, wanted=wanted, by=self.become("lin"), at=now)
        self.room = room.id

    @beat("2026-04-20 19:05")
    def what_is_done_that_night(self) -> None:
        now, by = clock.now(), self.become("lin")
        step = {"room_id": self.room, "by": by, "at": now}
        actions.take_step(step="police_told", text="110，隱山派出所派員到娘家附近", **step)
        actions.take_step(step="prosecutor_asked", text="電話報請內勤檢察官", **step)
        body = "今晚分工：警方巡邏、社工每兩小時電話。".encode()
        file = actions.Given(name="今晚分工.txt", media_type="text/plain", body=body)
        actions.add_file(room_id=self.room, given=file, by=by, at=now)

    @beat("2026-04-20 19:40")
    def the_prosecutor_answers(self) -> None:
        by, now = self.become("guan"), clock.now()
        actions.take_step(room_id=self.room, step="directs", text="指揮偵辦，違反保護令即帶案", by=by, at=now)
        actions.say(room_id=self.room, text="明早九點前給我通聯紀錄。", by=by, at=now)

    @beat("2026-04-20 20:10")
    def a_room_of_march_is_reviewed(self) -> None:
        incident = actions.Incident(
            kind="child_injury", happened_at=taipei("2026-03-07 22:00"), known_at=taipei("2026-03-07 23:40"),
            because="三歲以下受傷，釐清通報前誰看過孩子。", files=[self.night.children],
            reviewers=[self.county.workers["fu"]],
        )  # fmt: skip
        self.review = actions.open_review(incident=incident, by=self.become("fu"), at=clock.now()).id

    @beat("2026-04-21 10:30")
    def what_the_review_found(self) -> None:
        by, now = self.become("fu"), clock.now()
        actions.find(review_id=self.review, kind="well_done", text="一小時內到場，逐個孩子看過。", on=date(2026, 3, 8),
                     by=by, at=now)  # fmt: skip
        improved = actions.Decided(
            text="夜間急診通報，值班台同步告知醫院回電號碼", word="conclusion", number="1",
            deliverable="值班手冊修訂頁", unit_id=self.county.units["wc-intake"],
            worker_id=self.county.workers["fang"], due_on=date(2026, 5, 29),
        )  # fmt: skip
        actions.decide(source_id=self.review, decided=improved, by=by, at=now)

    def _list(self, case_id: UUID, person_id: UUID, because: str) -> None:
        listed = actions.Listed(
            person_id=person_id, ground="rule", because=because, danger_result="high", applies="yes", danger_now="no",
            to_unit_id=self.county.units["wc-child"],
        )  # fmt: skip
        actions.list_high_risk(matter_id=case_id, listed=listed, by=self.become("lin"), at=clock.now())

    def _call(self, title: str, meets: str, ends: str) -> Meeting:
        planned = actions.Planned(
            sort="high_risk", title=title, meets_at=taipei(meets), ends_at=taipei(ends), place="縣府三樓會議室",
            chair_id=self.county.workers["ye"],
        )  # fmt: skip
        return actions.call_meeting(planned=planned, by=self.become("wen"), at=clock.now())

    def _take(self, meeting: Meeting) -> None:
        by, now = self.become("wen"), clock.now()
        for proposal in list(Proposal.objects.filter(ended_at=None).order_by("at")):
            actions.take_proposal(meeting_id=meeting.id, proposal_id=proposal.id, by=by, at=now)

    def _invite(self, meeting: Meeting, side: str, *workers: str) -> None:
        by, now = self.become("wen"), clock.now()
        for worker in workers:
            asked = actions.Asked(side=side, worker_id=self.county.workers[worker])
            actions.invite(meeting_id=meeting.id, asked=asked, by=by, at=now)

    def _answer(self, meeting: Meeting, worker: str, says: str) -> None:
        by = self.become(worker)
        mine = Invitation.objects.get(meeting=meeting, worker_id=by.worker_id)
        actions.answer(invitation_id=mine.id, says=says, by=by, at=clock.now())

    def _decide(self, part: UUID, number: str, text: str, unit: str, due: date, worker: str = "") -> None:
        decided = actions.Decided(
            text=text, number=number, part_id=part, unit_id=self.county.units[unit], due_on=due,
            worker_id=self.county.workers[worker] if worker else None,
        )  # fmt: skip
        actions.decide(source_id=self.april.id, decided=decided, by=self.become("wen"), at=clock.now())
