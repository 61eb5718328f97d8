"""The rulebook's own code words in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from anwang.foundation.days import Length

from .conditions import Condition
from .text import Text

_SAID: dict[str, tuple[str, str]] = {
    "acting": ("執行者", "who is acting"),
    "unit_desk": ("單位窗口", "unit desk"),
    "supervisor": ("督導", "supervisor"),
    "accountable": ("權責機關", "the accountable unit"),
    "reporter": ("通報人", "reporter"),
    "duty_supervisor": ("值班督導", "duty supervisor"),
    "chief": ("主管", "section chief"),
    "at": ("事件時", "the event"),
    "received_at": ("接獲時", "receipt"),
    "known_at": ("知悉時", "being known"),
    "reported_at": ("通報時", "the report"),
    "graded_at": ("分級分類時", "grading"),
    "placed_at": ("安置時", "placement"),
    "found_at": ("發現時", "being found"),
    "ended_at": ("結束時", "the end"),
    "opened_at": ("開案時", "opening"),
    "assigned_at": ("指派時", "assignment"),
    "expires_at": ("屆滿時", "expiry"),
    "shorter_only": ("只能更短或更少", "shorter or fewer only"),
    "more_only": ("只能增列", "may only add"),
    "any": ("可自定", "freely"),
    "not": ("不得", "not"),
    "within": ("期限", "length"),
    "value": ("數值", "value"),
    "rows": ("列", "rows"),
    "steps": ("多久幾次", "how often"),
    "owner": ("訂定機關", "owner"),
    "author": ("提出者", "author"),
    "counts": ("採計方式", "ways that count"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "days": ("日", "days"),
    "years": ("歲", "years"),
    "times": ("次", "times"),
    "reports": ("次通報", "reports"),
    "units": ("個單位", "units"),
    "submitted": ("送審時", "when submitted"),
    "approved": ("核可時", "when approved"),
    "dispatch_then_investigate": ("先派案再調查", "dispatch, then investigate"),
    "investigate_then_dispatch": ("先調查再派案", "investigate, then dispatch"),
    "kind": ("案類", "kind"),
    "grade": ("分級", "grade"),
    "class": ("分類", "class"),
    "seen": ("見到本人", "seen"),
    "in_person": ("當面", "in person"),
    "outcome": ("結果", "outcome"),
    "mandated": ("責任通報人", "duty to report"),
    "has_child": ("有兒少", "has a child"),
    "new_event": ("新事件", "new event"),
    "notice": ("通知", "notice"),
    "form": ("表單", "form"),
    "plan": ("計畫", "plan"),
    "emergency": ("緊急", "emergency"),
    "pupil": ("在學", "pupil"),
    "parents_known": ("有父母或監護人可通知", "parents known"),
    "urgent": ("緊急", "urgent"),
    "household_elsewhere": ("戶籍在他縣市", "registered elsewhere"),
    "by_phone": ("電話核可", "by phone"),
    "edge_family": ("邊緣性家庭", "edge family"),
    "after_care": ("後追", "after-care"),
    "reporter_is_party": ("通報人為當事人", "reporter is a party"),
    "first_contact_class": ("聯繫急迫程度", "urgency"),
    "one": ("第一級", "level one"),
    "two": ("第二級", "level two"),
    "met": ("見到或聯繫上", "met"),
    "high": ("高", "high"),
    "prosecutor": ("檢察官", "prosecutor"),
    "court": ("法院", "court"),
    "police": ("警察機關", "police"),
    "parents": ("父母或監護人", "parents"),
    "school": ("學校", "school"),
    "registered_county": ("戶籍地", "county of registration"),
    "family_treatment": ("家庭處遇計畫", "family treatment plan"),
    "shared": ("共同計畫", "shared plan"),
    "vulnerable_family": ("脆弱家庭", "vulnerable family"),
    "listed_for_protection": ("列為保護個案", "listed for protection"),
}


def said(word: str, lang: str) -> str:
    """The word in the language, or itself where it is a code of some list."""
    zh, en = _SAID.get(word, (word, word.replace("_", " ")))
    return en if lang.startswith("en") else zh


def condition(name: str, test: Condition, lang: str, terms: Mapping[str, Text]) -> str:
    """A fact and what is asked of it, with codes by name: 案類：兒少保護."""
    if test.span is not None:
        return f"{said(name, lang)} {test.to(lang)}"
    joint = " is " if lang.startswith("en") else "："
    named = {word: terms.get(word) or Text(said(word, "zh"), said(word, "en")) for word in test.words}
    return f"{said(name, lang)}{joint}{test.to(lang, named)}"


def length_words(raw: str, lang: str) -> str:
    return Length.parse(raw).words("en" if lang.startswith("en") else "zh")
