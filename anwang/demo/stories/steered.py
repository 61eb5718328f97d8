"""Decisions of the ministry's forum: one in each state, told of, late, risen, with the line to what they changed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from anwang.conferences.actions import Ruled
from anwang.demo.beats import beat
from anwang.demo.county import County
from anwang.demo.stage import Stage
from anwang.foundation import clock
from anwang.minutes import actions as minutes
from anwang.minutes.models import DecisionText, Uncertain
from anwang.tracking import actions
from anwang.tracking.models import Relay, Track

FORUM = "網絡業務協調會議"
THIRD = """網絡業務協調會議第3次會議紀錄

時間：115年2月5日（星期四）上午9時30分
地點：中央第二會議室
主持人：藍科長怡安　　紀錄：謝政勳

壹、主持人致詞：（略）
貳、確認前次會議紀錄：確認。
參、報告案
案由一：家庭脆弱性指標手動調整情形。（報告單位：中央社會及家庭業務組）
決定：
一、洽悉。
二、請望潮縣政府社會局於115年3月報告手動調整之理由與後續，並檢討觀察期間。
三、請中央保護服務業務組修正返家通知之聯繫時限，於會後1個月內完成。
四、請青嵐縣政府社會處於會後2週內回報社福中心開案標準。
案由二：社工流動情形。（報告單位：中央社會及家庭業務組）
決定：
一、請中央社會及家庭業務組定期（每半年）檢視社工流動情形，首次於115年3月提出。
二、請望潮縣政府社會局邀請原住民族家庭服務中心參加聯繫會議。
肆、討論案
案由一：離島督導人力不足。（提案單位：珊瑚縣政府）
決議：
一、請珊瑚縣政府於會後2個月內提出視訊督導之做法。
伍、臨時動議：無
陸、散會。（上午11時50分）
"""
FOURTH = """網絡業務協調會議第4次會議紀錄

時間：115年4月9日（星期四）上午9時30分
地點：中央第二會議室
主持人：藍科長怡安　　紀錄：謝政勳

壹、主持人致詞：（略）
貳、確認前次會議紀錄：確認。
參、報告案
案由一：前次會議決議辦理情形報告。（報告單位：中央社會及家庭業務組）
決定：
一、洽悉。
二、第1案解除列管；惟請於半年後再提專案報告。
三、第2案解除列管。
四、第5案請另行召開專案會議。
肆、臨時動議：無
伍、散會。（上午11時10分）
"""


class Steered(Stage):
    """The third forum's decisions, six weeks on, and what the fourth made of them."""

    third: UUID
    fourth: UUID

    def __init__(self, county: County) -> None:
        super().__init__(county)
        self.at_hand: dict[str, UUID] = {}

    @beat("2026-02-10 10:00")
    def the_minutes_of_the_third_go_out(self) -> None:
        by, now = self.become("xie"), clock.now()
        unit = self.county.units["ministry-families"]
        body = minutes.found_body(name=FORUM, level="ministry", keeper_id=unit, by=by, at=now)
        minutes.begin_series(body_id=body.id, title=FORUM + "第{n}次", every_months=2, by=by, at=now)
        self.third = self._out("第3次會議紀錄.txt", THIRD)

    @beat("2026-02-10 11:00")
    def its_decisions_are_tracked(self) -> None:
        late = date(2026, 2, 19)
        self._track("rise", "報告案一二", "wc-social", date(2026, 3, 31), asks_change=True, deliverable="專案報告")
        self._track("home", "報告案一三", "ministry-protection", date(2026, 3, 5), asks_change=True,
                    helping=["wc-social"])  # fmt: skip
        self._track("late", "報告案一四", "ql-social", late, deliverable="開案標準一份")
        self._track("turn", "報告案二一", "ministry-families", date(2026, 3, 31), every_months=6)
        self._track("plain", "報告案二二", "wc-social", date(2026, 3, 20))
        self._track("far", "討論案一一", "sh", date(2026, 4, 5))

    @beat("2026-02-11 09:00")
    def units_are_told(self) -> None:
        by, now = self.become("xie"), clock.now()
        units = self.county.units
        actions.tell(sitting_id=self.third, unit_ids=[units[one] for one in ("wc-social", "ql-social",
                     "ministry-protection")], how="system", by=by, at=now)  # fmt: skip
        actions.tell(sitting_id=self.third, unit_ids=[units["sh"]], how="letter", words="中家字第1150000012號", by=by,
                     at=now)  # fmt: skip

    @beat("2026-02-12 14:00")
    def one_county_has_it(self) -> None:
        by = self.become("cheng")
        relay = Relay.objects.get(follow__sitting_id=self.third, unit_id=self.county.units["wc-social"])
        actions.receive(relay_id=relay.id, by=by, at=clock.now())

    @beat("2026-03-04 15:00")
    def units_report(self) -> None:
        self._report("home", "cen", "聯繫時限改為到家之前，規則已更新。", "中保字第1150000031號")
        share = Track.objects.get(of_id=self.at_hand["home"], part="share")
        self.at_hand["share"] = share.decision_id
        self._report("share", "cheng", "轄內單位均已配合。", "望社字第1150000102號")
        changed = actions.Linked(kind="rule", ref="care.call_before_home", words="返家前要先聯絡到被害人")
        actions.link(decision_id=self.at_hand["home"], linked=changed, by=self.become("cen"), at=clock.now())

    @beat("2026-03-27 16:30")
    def the_index_is_reported_on(self) -> None:
        self._report("rise", "cheng", "調整理由與半年後情形已彙整成半年報告。", "望社字第1150000188號", "condition")
        for kind, ref, words in (("rule", "instrument.windows", "觀察期間看半年，並加看一年"),
                                 ("page", "instruments:report", "半年報告由系統自動比對"),
                                 ("indicator", "month.opening_rate", "開案比可對照調整情形")):  # fmt: skip
            changed = actions.Linked(kind=kind, ref=ref, words=words)
            actions.link(decision_id=self.at_hand["rise"], linked=changed, by=self.become("xie"), at=clock.now())
        self._report("turn", "xie", "上半年流動情形已提報。", "中家字第1150000040號")

    @beat("2026-04-13 10:00")
    def the_fourth_ruled(self) -> None:
        self.fourth = self._out("第4次會議紀錄.txt", FOURTH)
        minutes.confirm(sitting_id=self.third, confirmed_in=self.fourth, by=self.become("xie"), at=clock.now())
        self._rule("home", Ruled(state="released"), "三")
        self._rule("rise", Ruled(state="condition", condition="半年後再提專案報告", next_on=date(2026, 10, 9)), "二")
        self._rule("turn", Ruled(state="released", because="本次已提報"), "", who="lan")
        self._rule("plain", Ruled(state="continued", because="名單尚未確定", next_on=date(2026, 5, 29)), "")
        self._rule("far", Ruled(state="special", because="與離島縣另行研商", next_on=date(2026, 5, 15)), "四")

    @beat("2026-04-20 11:30")
    def one_more_report_waits(self) -> None:
        self._report("plain", "cheng", "原家中心已列入每季聯繫會議名單。", "望社字第1150000233號")

    def _out(self, name: str, text: str) -> UUID:
        """Bring the minutes, settle what is uncertain as printed, send them."""
        by, now = self.become("xie"), clock.now()
        unit = self.county.units["ministry-families"]
        brought = minutes.bring(name=name, content=text.encode(), unit_id=unit, by=by, at=now)
        (sitting,) = brought.sittings
        for doubt in Uncertain.objects.filter(sitting_id=sitting, settled="").values_list("id", flat=True):
            minutes.settle(uncertain_id=doubt, how="as_printed", by=by, at=now)
        minutes.send(sitting_id=sitting, by=by, at=now)
        return sitting

    def _track(
        self, key: str, place: str, unit: str, due_on: date, *, helping: list[str] | None = None, **more: object
    ) -> None:
        item, number = place[:-1], place[-1]
        text = DecisionText.objects.get(
            sitting_id=self.third, item__label=item[-1], item__kind="report" if item[0] == "報" else "discussion",
            number=number,
        )  # fmt: skip
        units = self.county.units
        wanted = actions.Wanted(
            unit_id=units[unit],
            due_on=due_on,
            helping=[units[one] for one in helping or ()],
            **more,  # type: ignore[arg-type]
        )
        track = actions.track(text_id=text.id, wanted=wanted, by=self.become("xie"), at=clock.now())
        self.at_hand[key] = track.decision_id

    def _report(self, key: str, who: str, words: str, evidence: str, proposes: str = "released") -> None:
        actions.report(decision_id=self.at_hand[key], words=words, evidence=evidence, proposes=proposes,
                       by=self.become(who), at=clock.now())  # fmt: skip

    def _rule(self, key: str, ruled: Ruled, said: str, who: str = "xie") -> None:
        by = self.become(who)
        text = DecisionText.objects.get(sitting_id=self.fourth, number=said).id if said else None
        actions.rule(decision_id=self.at_hand[key], ruled=ruled, said_in=text, by=by, at=clock.now())
