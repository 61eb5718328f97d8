"""Meetings of policy: minutes brought and confirmed, the next in draft with a correction, one still uncertain."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from anwang.demo.beats import beat
from anwang.demo.stage import Stage
from anwang.foundation import clock
from anwang.minutes import actions
from anwang.minutes.models import DecisionText, Item, Uncertain

FOURTH = """強化社會安全網專案會議第4次會議紀錄
時間：115年1月15日（星期五）上午9時30分
地點：中央主管機關301會議室
主持人：藍組長怡安　　紀錄：謝政勳
出席單位：中央保護服務業務組、中央心理健康業務組、望潮縣政府、青嵐縣政府
壹、主席致詞
人力補實與資料介接是今年的兩件大事。
貳、報告事項
案由一：前次會議決議辦理情形。（報告單位：中央社會及家庭業務組）
決定：第1案、第3案解除列管，第2案繼續列管。
案由二：社工人力進用與離職情形。（報告單位：望潮縣政府社會局）
說明：核定36名，現員31名，半年內離職6名。
決定：
一、請望潮縣政府社會局於會後1個月內補實社工督導。
二、請各縣市政府每半年回報進用率與離職原因。
三、高危機會議的召開條件請中央保護服務業務組於115年6月底前檢討：
（一）參採各縣市意見。
（二）修正草案於下次會議提報。
參、討論事項
案由一：社區心理衛生中心與家庭暴力被害人服務的共訪。（提案單位：青嵐縣政府社會處）
說明：兩邊各自訪視，家庭要說兩次。
決議：
一、照案通過，由主責單位於3日內發起共訪。
二、請中央心理健康業務組、中央社會及家庭業務組於半年後提出執行情形。
肆、臨時動議：無
伍、散會：上午11時40分
"""
COUNTY = """望潮縣社會安全網推動小組第2次會議紀錄
時間：115年4月14日（星期二）下午2時
地點：縣府五樓
主席：游科長敏慧　　紀錄：程雅文
壹、報告案
案由一：前次會議決議辦理情形。（報告單位：社會局）
說明：督導4人、社工員18人，合計23人。
決定：
一、第1案、第2案解除列管：
（一）案由2安置床位盤點：請社會局於下次會議提出報告。
二、第3案繼續列管，請衛生局於4月底前補足關懷訪視員。
貳、討論案
案由一：夜間值班與隔日交接。（提案單位：通報調查處理中心）
決議：值班台於早上9時前完成交接單，由督導簽收。
參、散會：下午3時30分
"""


class SittingStory(Stage):
    """The fourth sitting is confirmed at the fifth, which is in draft; a county's minutes wait to be looked through."""

    fourth: UUID
    fifth: UUID
    series: UUID

    @beat("2026-01-20 10:00")
    def xie_brings_the_fourth(self) -> None:
        by, now = self.become("xie"), clock.now()
        keeper = self.county.units["ministry-families"]
        body = actions.found_body(name="強化社會安全網專案會議", level="ministry", keeper_id=keeper, by=by, at=now)
        title = "強化社會安全網專案會議第{n}次會議"
        self.series = actions.begin_series(body_id=body.id, title=title, every_months=3, by=by, at=now).id
        brought = actions.bring(
            name="第4次會議紀錄.txt", content=FOURTH.encode(), unit_id=keeper, by=by, at=now
        )  # fmt: skip
        (self.fourth,) = brought.sittings

    @beat("2026-01-21 14:10")
    def she_settles_the_day_and_sends(self) -> None:
        by, now = self.become("xie"), clock.now()
        for doubt_id in list(Uncertain.objects.filter(sitting_id=self.fourth).values_list("id", flat=True)):
            words = "1月15日是星期四，開會通知也是。"
            actions.settle(uncertain_id=doubt_id, how="corrected", words=words, by=by, at=now)
        actions.send(sitting_id=self.fourth, paper_number="社家網字第1150000121號", by=by, at=now)

    @beat("2026-03-30 09:20")
    def the_fifth_is_prepared(self) -> None:
        by, now = self.become("xie"), clock.now()
        units = self.county.units
        planned = actions.plan(
            series_id=self.series, met_on=date(2026, 4, 16), start_time=time(9, 30), place="中央主管機關301會議室",
            chair="藍組長怡安", by=by, at=now,
        )  # fmt: skip
        self.fifth = planned.id
        told = {"sitting_id": self.fifth, "by": by, "at": now}
        actions.add_item(kind="report", title="高危機會議召開條件的檢討", unit_id=units["ministry-protection"], **told)
        actions.add_item(kind="discussion", title="夜間值班的人力與費用", unit_id=units["wc-social"],
                         explanation="值班台一晚兩人，補休排不出來。", **told)  # fmt: skip
        for unit, who in (("wc-social", "程雅文"), ("ql-social", ""), ("ministry-protection", "岑佳穎")):
            actions.ask(unit_id=units[unit], who=who, **told)
        actions.add_material(item_id=None, name="人力進用表.csv", media_type="text/csv",
                             content="縣市,核定,現員\n望潮縣,36,33\n".encode(), **told)  # fmt: skip

    @beat("2026-04-16 15:30")
    def its_minutes_are_drafted(self) -> None:
        by, now = self.become("xie"), clock.now()
        told = {"sitting_id": self.fifth, "by": by, "at": now}
        actions.begin(**told)
        second = DecisionText.objects.get(sitting_id=self.fourth, item__label="二", number="二")
        actions.amend(decision_id=second.id, text="請各縣市政府每季回報進用率與離職原因。", **told)
        night = Item.objects.get(sitting_id=self.fifth, kind="discussion")
        words = "一、請望潮縣政府社會局於會後2週內提出夜間值班費用估算。\n二、請各縣市政府於下次會議報告補休情形。"
        actions.write_item(item_id=night.id, decisions=words, by=by, at=now)
        actions.adjourn(adjourned_time=time(11, 50), **told)

    @beat("2026-04-17 10:00")
    def the_fourth_is_confirmed(self) -> None:
        by = self.become("lan")
        actions.confirm(sitting_id=self.fourth, confirmed_in=self.fifth, by=by, at=clock.now())

    @beat("2026-04-20 16:20")
    def cheng_brings_her_countys_minutes(self) -> None:
        by, now = self.become("cheng"), clock.now()
        keeper = self.county.units["wc-social"]
        body = actions.found_body(name="望潮縣社會安全網推動小組", level="county", keeper_id=keeper, by=by, at=now)
        title = "望潮縣社會安全網推動小組第{n}次會議"
        actions.begin_series(body_id=body.id, title=title, every_months=3, by=by, at=now)
        actions.bring(name="推動小組第2次.txt", content=COUNTY.encode(), unit_id=keeper, by=by, at=now)
