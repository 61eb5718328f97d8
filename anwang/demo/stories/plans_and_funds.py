"""提報與經費: this year's money with a share undecided, a call with an extension, one submission answered by letter.

程雅文 of 望潮縣 asks for later, sends, mends what was missing and gets her letter; 柏翰林 of 青嵐縣 is late; 白沙縣 is
not on the system and is entered by proxy; 珊瑚縣 has sent nothing.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.demo.beats import beat, taipei
from anwang.demo.stage import Stage
from anwang.foundation import clock
from anwang.funding import actions as funds
from anwang.funding.actions import Granted, LineGiven, Spent, TierGiven
from anwang.funding.models import Grant, Line
from anwang.submissions import actions
from anwang.submissions.actions import CallGiven, LetterGiven, Opinion, ProxyGiven
from anwang.submissions.models import Call, CallPart, Item, Submission

PLAN = "強化社會安全網計畫（示範）"
TIERS = [("99001", 5, 2023, 2025), ("99001", 3, 2026, 2028), ("99002", 3, 2023, 2028), ("99003", 5, 2023, 2028)]
LINES = [
    ("SW-1", "社工人事費", "plan", False), ("MH-1", "社區心理衛生中心業務費", "plan", True),
    ("LF-1", "公彩回饋金主軸計畫", "lottery_feedback", False), ("LL-1", "地方公彩盈餘運用", "lottery_local", False),
]  # fmt: skip
PARTS = [("執行計畫書", True), ("經費需求表", True), ("人力配置表", True), ("前一年度成果", False)]


class PlansAndFunds(Stage):
    """謝政勳 and 藍怡安 of the ministry, 程雅文 and 柏翰林 of two counties."""

    lines: dict[str, Line]
    grants: dict[str, Grant]
    call: Call

    @beat("2025-12-02 10:00")
    def tiers_and_lines(self) -> None:
        by = self.become("xie")
        for county, level, first, last in TIERS:
            given = TierGiven(county=county, level=level, from_year=first, to_year=last, source="主計機關函（示範）")
            funds.register_tier(given=given, by=by)
        self.lines = {}
        for code, name, kind, halves in LINES:
            line = LineGiven(code=code, name=name, plan=PLAN, kind=kind, from_year=2018, halves_without_premises=halves)
            self.lines[code] = funds.open_line(given=line, by=by)
        funds.set_share(
            line_id=self.lines["SW-1"].id, level=3, from_year=2018, central=75, local=25,
            source="示範計畫經費需求一節（虛構比率）", by=by,
        )  # fmt: skip

    @beat("2025-12-30 15:00")
    def grants_of_the_year(self) -> None:
        by, self.grants = self.become("xie"), {}
        for key, line, county, what, total, premises in (
            ("wc-staff", "SW-1", "99001", "社工人事費", 18_400_000, ""),
            ("wc-east", "MH-1", "99001", "東汀心衛中心業務費", None, "yes"),
            ("wc-west", "MH-1", "99001", "河岬心衛中心業務費", None, "unknown"),
            ("wc-lottery", "LF-1", "99001", "家庭支持方案", 2_600_000, ""),
            ("ql-staff", "SW-1", "99002", "社工人事費", 9_750_000, ""),
            ("ql-local", "LL-1", "99002", "社區關懷方案", 800_000, ""),
            ("sh-staff", "SW-1", "99003", "社工人事費", 3_120_000, ""),
        ):
            given = Granted(
                line_id=self.lines[line].id, county=county, year=2026, what=what, total=total, premises=premises,
                letter="衛部救字第1140000901號", dated_on=date(2025, 12, 30),
            )  # fmt: skip
            self.grants[key] = funds.give_grant(given=given, by=by)
        for kind, change in (("supervisor", 3), ("social_worker", 21)):
            actions.change_posts(
                county="99001", kind=kind, change=change, from_on=date(2026, 1, 1), letter="衛部救字第1140000902號",
                dated_on=date(2025, 12, 30), because="年度核定員額", by=by,
            )  # fmt: skip

    @beat("2026-02-02 09:30")
    def a_call(self) -> None:
        by = self.become("xie")
        given = CallGiven(
            title="年度執行計畫提報", year=2027, due_on=date(2026, 2, 27), parts=PARTS,
            lines=[self.lines["SW-1"].id, self.lines["LF-1"].id], basis="審查處理原則（示範）",
            words="請依審查處理原則提報。人力以核定員額為準，調整請寫明事由。",
        )  # fmt: skip
        self.call = actions.draft_call(given=given, by=by)
        actions.publish_call(call_id=self.call.id, counties=["99001", "99002", "99003", "99004"], by=by)

    @beat("2026-02-20 11:00")
    def asked_for_later(self) -> None:
        asked = actions.ask_extension(
            submission_id=self._of("99001").id, new_due_on=date(2026, 3, 6), reason="議會會期，配合款還沒定",
            by=self.become("cheng"),
        )  # fmt: skip
        actions.decide_extension(
            extension_id=asked.id, granted=True, answer="電話同意，衛部救字第1150000066號函補", by=self.become("lan")
        )

    @beat("2026-02-26 16:20")
    def by_letter(self) -> None:
        one, by = self._of("99004"), self.become("xie")
        self._fill(one.id, (1, 2, 3), "xie")
        given = ProxyGiven(how="letter", paper="白社字第1150000031號", received_at=taipei("2026-02-26 10:05"))
        actions.send_by_proxy(submission_id=one.id, given=given, by=by)

    @beat("2026-03-02 10:00")
    def sent_and_sent_back(self) -> None:
        one, cheng = self._of("99001"), self.become("cheng")
        self._fill(one.id, (1, 2), "cheng")
        actions.ask_for(submission_id=one.id, line_id=self.lines["SW-1"].id, asked=19_800_000, by=cheng)
        actions.ask_for(submission_id=one.id, post="supervisor", asked=1, by=cheng)
        actions.ask_for(submission_id=one.id, post="social_worker", asked=-1, by=cheng)
        actions.send(submission_id=one.id, by=cheng)
        part = CallPart.objects.get(call=self.call, position=3)
        actions.check(
            submission_id=one.id, missing=[part.id], words="人力配置表要列四個中心", back_due_on=date(2026, 3, 9),
            by=self.become("xie"),
        )  # fmt: skip

    @beat("2026-03-04 14:00")
    def mended_and_answered(self) -> None:
        one = self._of("99001")
        self._fill(one.id, (3,), "cheng")
        actions.send(submission_id=one.id, by=self.become("cheng"))
        actions.check(submission_id=one.id, missing=[], by=self.become("xie"))
        money = Item.objects.get(submission=one, what="money")
        told = Opinion(
            outcome="partly", opinion="四個中心各一名督導，總人力不變；經費依前一年執行率。",
            granted={money.id: (19_000_000, "依前一年執行率減列")},
        )  # fmt: skip
        actions.propose_review(submission_id=one.id, given=told, by=self.become("xie"))
        actions.decide_review(submission_id=one.id, agreed=True, by=self.become("lan"))
        given = LetterGiven(
            number="衛部救字第1150000088號", dated_on=date(2026, 3, 4), posts_from_on=date(2027, 1, 1),
            words="員額自下一年度起調整，請於三個月內完成進用。",
        )  # fmt: skip
        actions.write_letter(submission_id=one.id, given=given, by=self.become("xie"))

    @beat("2026-03-05 09:10")
    def asks_too_late(self) -> None:
        actions.ask_extension(
            submission_id=self._of("99002").id, new_due_on=date(2026, 3, 13), reason="承辦人異動，資料還在整理",
            by=self.become("bo"),
        )  # fmt: skip

    @beat("2026-03-06 10:00")
    def last_year(self) -> None:
        xie, what = self.become("xie"), "社工人事費"
        given = Granted(
            line_id=self.lines["SW-1"].id, county="99002", year=2025, what=what, total=9_000_000,
            letter="衛部救字第1130000777號", dated_on=date(2024, 12, 27),
        )  # fmt: skip
        grant = funds.give_grant(given=given, by=xie)
        bo = self.become("bo")
        for quarter, spent in ((1, 2_000_000), (2, 2_250_000), (3, 2_100_000), (4, 2_200_000)):
            funds.report_execution(grant_id=grant.id, given=Spent(quarter=quarter, spent=spent), by=bo)
        funds.settle_year(grant_id=grant.id, by=self.become("xie"))

    def _of(self, county: str) -> Submission:
        return Submission.objects.get(call=self.call, county=county)

    def _fill(self, submission_id: UUID, positions: tuple[int, ...], who: str) -> None:
        by = self.become(who)
        for part in CallPart.objects.filter(call=self.call, position__in=positions):
            actions.fill_part(
                submission_id=submission_id, part_id=part.id, attached=f"{part.name}.ods", by=by,
                words=f"{part.name}如附，資料截至{clock.today().month}月底。",
            )  # fmt: skip
            if part.position == 1:
                actions.add_document(
                    submission_id=submission_id, part_id=part.id, name=f"{part.name}.csv", media_type="text/csv",
                    content="項目,金額\n業務費,1640000\n".encode(), by=by,
                )  # fmt: skip
