"""What was read, in the reader's language: the one dictionary of every code that a reading is written with.

Who reads his own readings, a question or an emergency opening finds the same words on every page. A test reads the
code for each `what` ever written and asks for its word here.
"""

from __future__ import annotations

from django.utils.translation import pgettext, pgettext_lazy

READ = {
    "care.case": pgettext_lazy("reading", "心衛服務頁"),
    "care.emergency": pgettext_lazy("reading", "緊急處置"),
    "caller": pgettext_lazy("reading", "來電人身分"),
    "cases.case": pgettext_lazy("reading", "個案頁"),
    "cases.lead": pgettext_lazy("reading", "家庭主責"),
    "referrals.notice": pgettext_lazy("reading", "返家通知"),
    "referrals.referral": pgettext_lazy("reading", "轉介單"),
    "disclosure.look": pgettext_lazy("reading", "跨機關查詢"),
    "families.family": pgettext_lazy("reading", "家庭頁"),
    "figures.drill": pgettext_lazy("reading", "統計數字的名單"),
    "glass": pgettext_lazy("reading", "緊急調閱的個案"),
    "instrument.chart": pgettext_lazy("reading", "量表歷次變化"),
    "instrument.compared": pgettext_lazy("reading", "量表各體系比較"),
    "instrument.result": pgettext_lazy("reading", "量表結果"),
    "instruments.case": pgettext_lazy("reading", "個案的量表"),
    "instruments.fill": pgettext_lazy("reading", "填量表"),
    "decision": pgettext_lazy("reading", "列管決議"),
    "incident_review": pgettext_lazy("reading", "重大事件檢討"),
    "incident_review.chronology": pgettext_lazy("reading", "重大事件檢討的時序"),
    "involvement": pgettext_lazy("reading", "先前通報與服務"),
    "meeting": pgettext_lazy("reading", "會議"),
    "meeting.part": pgettext_lazy("reading", "會議的議案"),
    "original": pgettext_lazy("reading", "原始通報表"),
    "oversight.question": pgettext_lazy("reading", "查閱覆核"),
    "paper.attachment": pgettext_lazy("reading", "公文附件"),
    "paper.letter": pgettext_lazy("reading", "公文"),
    "papers.evaluation": pgettext_lazy("reading", "評估報告表"),
    "papers.summary": pgettext_lazy("reading", "個案彙總報告"),
    "papers.visit": pgettext_lazy("reading", "訪視紀錄表"),
    "plans.plan": pgettext_lazy("reading", "計畫"),
    "placements.whereabouts": pgettext_lazy("reading", "安置處所"),
    "people.lookup": pgettext_lazy("reading", "依電話查人"),
    "people.name_behind_code": pgettext_lazy("reading", "代號的真名"),
    "treatment.programme": pgettext_lazy("reading", "處遇計畫"),
    "people.person": pgettext_lazy("reading", "個人頁"),
    "people.safety_address": pgettext_lazy("reading", "安全住址"),
    "protection.order": pgettext_lazy("reading", "保護令"),
    "protection.places": pgettext_lazy("reading", "保密的處所"),
    "protection.shield": pgettext_lazy("reading", "保密範圍"),
    "protection.told_places": pgettext_lazy("reading", "保護令告知的處所"),
    "record.tried": pgettext_lazy("reading", "紀錄簿試寫"),
    "report": pgettext_lazy("reading", "通報頁"),
    "report.person": pgettext_lazy("reading", "通報裡的人"),
    "reporter": pgettext_lazy("reading", "通報人身分"),
    "roster.file": pgettext_lazy("reading", "名冊"),
    "roster.row": pgettext_lazy("reading", "名冊裡的一列"),
    "search.list_taken": pgettext_lazy("reading", "協尋名單（取走）"),
    "search.listed": pgettext_lazy("reading", "協尋名單"),
    "search.read": pgettext_lazy("reading", "協尋"),
    "subjects.answer": pgettext_lazy("reading", "當事人請求的答覆"),
    "subjects.copy": pgettext_lazy("reading", "當事人資料複本"),
    "subjects.request": pgettext_lazy("reading", "當事人請求"),
    "urgent_room": pgettext_lazy("reading", "急案戰情室"),
    "urgent_room.file": pgettext_lazy("reading", "急案戰情室的檔案"),
    "uploads.sheet": pgettext_lazy("reading", "中央上傳清單"),
}
PRINTED = {
    "evaluation": pgettext_lazy("reading", "列印評估報告"),
    "minutes": pgettext_lazy("reading", "列印會議紀錄"),
    "paper": pgettext_lazy("reading", "列印公文"),
    "plan": pgettext_lazy("reading", "列印計畫"),
    "decision_status": pgettext_lazy("reading", "列印決議辦理情形表"),
    "referral": pgettext_lazy("reading", "列印轉介單"),
    "summary": pgettext_lazy("reading", "列印個案彙總報告"),
    "subject_answer": pgettext_lazy("reading", "列印當事人請求的答覆"),
    "visit": pgettext_lazy("reading", "列印訪視紀錄表"),
}
"""Codes `print.<sheet>.<form>`: the form of the file is no other reading."""


def of_reading(what: str) -> str:
    """The words of a code; those of an older program that nobody writes any more read 其他資料."""
    return said(what) or pgettext("reading", "其他資料")


def said(what: str) -> str:
    """The words of a code, empty when the dictionary does not know it."""
    if what.startswith("print."):
        return str(PRINTED.get(what.split(".")[1], ""))
    return str(READ.get(what, ""))
