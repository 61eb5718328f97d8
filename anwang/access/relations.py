"""Every relation to a file that lets somebody read it: who, which zones, until when. The second half of the rule.

`docs/seeing.md` is printed from this table and from `roles.ROLES` (`python -m anwang.access.seeing`); a test compares
it with the grants that actions really write. Codes are `Grant.because`; holders are kinds of holder keys.
"""

from __future__ import annotations

from dataclasses import dataclass

from .states import Zone

W, C, X, S, R = Zone.WORK, Zone.CASE, Zone.SPECIAL, Zone.SAFETY, Zone.REPORTER


@dataclass(frozen=True)
class Relation:
    """`holder` is worker, desk, or the post of a unit (`supervising`, `chief`, `screener`…; `unit` is any post).

    `most` are the zones at most: a grant of this kind never holds more. `zh`/`en` say what the relation is, `until_zh`/
    `until_en` when it ends.
    """

    because: str
    holder: str
    most: frozenset[str]
    zh: str
    en: str
    until_zh: str
    until_en: str


def _of(because: str, holder: str, zones: tuple[str, ...], *said: str) -> Relation:
    return Relation(because, holder, frozenset(str(zone) for zone in zones), *said)


MOVED = ("改派或移轄時；結束後30天", "reassigned or handed over; 30 days after the end")
UNIT = ("改派或移轄時；結束後180天", "reassigned or handed over; 180 days after the end")
ANSWERED = ("答覆、撤回或期滿時；結束後30天", "answered, withdrawn, or run out; 30 days after the end")
JUDGED = ("裁定或撤回時", "ruled or withdrawn")
ROUND_UP = ("移出權責時", "another authority answers")
SCREENED = ("通報結束後90天", "90 days after the report ended")
NIGHT = ("通報結束後7天", "7 days after the report ended")
LOGGED = ("接聽後180天（還沒處理的除外）", "180 days after the call, unless it is still open")
SHEET = ("交接後90天", "90 days after the shift")
NOTED = ("轉交或結案後30天", "30 days after it was passed on or the matter ended")
LISTED = ("收到後180天", "180 days after it came")
PAPER = ("內容：登記後365天；登記簿留著", "its words: 365 days after it was registered; the register stays")
TERM = ("期限到時", "at its term")
STAYS = ("留著：政策紀錄", "stays: a record of policy")
REPORTED = ("回報時", "it is reported")

RELATIONS: tuple[Relation, ...] = (
    _of("acting", "worker", (W, C, X, S, R), "承辦人", "the worker who acts", *MOVED),
    _of("acting", "desk", (W, C, X, S, R), "承辦的值班台當班人員", "whoever is on shift at the acting desk", *MOVED),
    _of("acting_unit", "supervising", (W, C, X), "承辦單位的督導", "supervisors of the acting unit", *UNIT),
    _of("acting_unit", "chief", (W,), "承辦單位的主管", "the chief of the acting unit", *UNIT),
    _of("accountable", "supervising", (W, C, X), "權責機關的督導（跨機關）",
        "supervisors of the accountable authority, across agencies", *ROUND_UP),
    _of("accountable", "chief", (W,), "權責機關的主管", "the chief of the accountable authority", *ROUND_UP),
    _of("case", "worker", (W, C, X, R), "由通報成立之個案的承辦人，讀該通報",
        "the case's worker, on the report it arose from", *MOVED),
    _of("case", "desk", (W, C, X, R), "同上，值班台", "the same, a desk", *MOVED),
    _of("case", "supervising", (W, C, X), "同上，督導", "the same, supervisors", *MOVED),
    _of("intake", "screener", (W, C, X), "受理單位的篩派案人員", "screeners of the receiving unit", *SCREENED),
    _of("duty", "desk", (W, C), "縣市值班台當班人員，讀通報",
        "whoever is on shift at the county's desk, on reports", *NIGHT),
    _of("call", "desk", (W, C), "接電話的值班台", "the desk that took the call", *LOGGED),
    _of("call", "unit", (W, C), "接電話的單位", "the unit that took the call", *LOGGED),
    _of("call", "supervising", (W, C), "接電話單位的督導",
        "supervisors of the unit that took the call", *LOGGED),
    _of("shift", "desk", (W, C), "值班交接", "handing over a shift", *SHEET),
    _of("tonight_watch", "desk", (W, C, X, S), "今晚請值班留意", "tonight's watch", *TERM),
    _of("offer", "supervising", (W, C), "被徵詢單位的督導", "supervisors of a unit that is asked", *ANSWERED),
    _of("offer", "worker", (W, C), "被徵詢的同仁", "a worker who is asked", *ANSWERED),
    _of("reroute", "supervising", (W, C), "被請接手的單位的督導",
        "supervisors of a unit asked to take a person over", *ANSWERED),
    _of("joining", "supervising", (W, C), "協力單位的督導", "supervisors of a unit that joined", *ANSWERED),
    _of("joining", "worker", (W, C), "協力同仁", "a worker who joined", *ANSWERED),
    _of("referral", "supervising", (W, C), "接受轉介的單位督導，讀該轉介",
        "supervisors of a unit that took a referral, on the referral", *ANSWERED),
    _of("referral", "worker", (W, C), "接受轉介的同仁，讀該轉介",
        "a worker who took a referral, on the referral", *ANSWERED),
    _of("transition", "supervising", (W, C), "約好接手的單位督導，讀該轉銜",
        "supervisors of a unit that will take over on a day, on the transition", *ANSWERED),
    _of("transition", "worker", (W, C), "約好接手的同仁，讀該轉銜",
        "a worker who will take over on a day, on the transition", *ANSWERED),
    _of("visit_request", "supervising", (W, C), "受託訪視單位的督導",
        "supervisors of a unit asked to visit", *ANSWERED),
    _of("visit_request", "worker", (W, C), "受託訪視的同仁", "a worker asked to visit", *ANSWERED),
    _of("look_after", "supervising", (W,), "交出後的原單位", "the unit that gave it up", *TERM),
    _of("partner", "worker", (W, C), "家庭主責與協力同仁互讀", "the family's lead and its partners", *MOVED),
    _of("dispute", "supervising", (W, C), "爭議兩造的督導", "supervisors of both sides of a dispute", *JUDGED),
    _of("dispute", "chief", (W, C), "裁定爭議的主管", "the chief who rules on a dispute", *JUDGED),
    _of("incident", "worker", (C,), "通知便箋的收件人", "whom an incident note is for", *NOTED),
    _of("incident", "desk", (C,), "同上，值班台", "the same, a desk", *NOTED),
    _of("incident", "supervising", (C,), "同上，督導", "the same, supervisors", *NOTED),
    _of("roster", "screener", (W, C), "名冊的受理單位", "the unit that receives a list", *LISTED),
    _of("roster", "screening_supervisor", (W, C), "同上，督導", "the same, supervisors", *LISTED),
    _of("paper", "unit", (W, C), "收文單位", "the unit a paper came to", *PAPER),
    _of("meeting", "worker", (W, C), "開會的成員，讀會議本身", "members of a meeting, on the meeting itself", *TERM),
    _of("meeting_side", "worker", (C,), "開會的成員，讀議程中自己這一側的案件資料",
        "members of a meeting, on the parts of its agenda that are of their side", *TERM),
    _of("meeting_bridge", "worker", (C,), "主持人、紀錄與指名的橋接人員，讀議程的兩側",
        "chair, recorder and named bridges of a meeting, on both sides of its agenda", *TERM),
    _of("tracking", "officer", (W, C), "列管決議的主辦、協辦與提會機關業務承辦（政策決議，不涉個案）",
        "officers of the authorities of a tracked decision of policy; it names no family", *STAYS),
    _of("tracking", "chief", (W, C), "同上，主管", "the same, chiefs", *STAYS),
    _of("tracking_late", "officer", (W, C), "逾期決議的上級業務承辦",
        "officers above, while a decision is late", *REPORTED),
    _of("tracking_late", "chief", (W, C), "同上，主管", "the same, chiefs", *REPORTED),
    _of("urgent_room", "worker", (W, C), "急案戰情室的成員，只讀戰情室",
        "members of an urgent-case room, on the room", *TERM),
    _of("incident_review", "worker", (W, C, X), "重大事件檢討的成員，讀檢討與所檢討的案件",
        "reviewers of an incident, on the review and the files it is about", "檢討結束時", "the review ends"),
    _of("disclosure", "worker", (W, C), "跨機關調閱經同意的同仁", "a worker allowed to look across agencies", *TERM),
    _of("break_glass", "worker", (W, C, X, S), "緊急調閱（4小時、只讀、事後檢討）",
        "an emergency opening: four hours, reading only, reviewed", *TERM),
)  # fmt: skip


def kind_of(holder: str) -> str:
    """The kind of a holder key: worker, desk, unit, or the post behind the slash."""
    if holder.startswith("w:"):
        return "worker"
    return "desk" if holder.startswith("d:") else holder.partition("/")[2] or "unit"


def relation(because: str, holder: str) -> Relation | None:
    """The relation a grant stands for; None for one that the table does not know."""
    return next((one for one in RELATIONS if (one.because, one.holder) == (because, kind_of(holder))), None)
