"""Rules in words: what the YAML of a version says, as a colleague would say it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.rulebook import Rulebook
from anwang.web.shell import words

Lazy = str | Promise

AREAS: dict[str, Lazy] = {
    "child_protection": gettext_lazy("兒少保護"),
    "vulnerable_family": gettext_lazy("脆弱家庭"),
    "violence": gettext_lazy("家庭暴力"),
    "sexual_violence": gettext_lazy("性侵害"),
    "elder": gettext_lazy("老人保護"),
    "disability": gettext_lazy("身心障礙者保護"),
    "suicide": gettext_lazy("自殺防治"),
    "placement": gettext_lazy("安置"),
    "report": gettext_lazy("通報與受理"),
    "reporter": gettext_lazy("責任通報"),
    "screening": gettext_lazy("篩派"),
    "jurisdiction": gettext_lazy("管轄"),
    "between": gettext_lazy("單位之間"),
    "review": gettext_lazy("審核與提醒"),
    "resting": gettext_lazy("例行檢視"),
    "instrument": gettext_lazy("評估工具"),
    "followup": gettext_lazy("訪視期程"),
    "figure": gettext_lazy("統計定義"),
    "codelist": gettext_lazy("代碼"),
    "other": gettext_lazy("其他"),
}
_AREA_OF = {
    "report_form": "reporter",
    "intake": "report",
    "second_look": "report",
    "edge_family": "report",
    "repeat": "report",
    "dispute": "between",
    "transfer": "between",
    "referral": "between",
    "joining": "between",
    "visit_request": "between",
    "coordination": "between",
    "family": "between",
    "youth": "between",
    "escalation": "review",
    "check_in": "review",
    "entry": "review",
    "duty": "review",
}
KINDS: dict[str, Lazy] = {
    "duty": gettext_lazy("期限"),
    "value": gettext_lazy("數值"),
    "table": gettext_lazy("判斷表"),
    "instrument": gettext_lazy("評估工具"),
    "codelist": gettext_lazy("代碼"),
    "schedule": gettext_lazy("期程"),
    "indicator": gettext_lazy("統計定義"),
}
OWNERS: dict[str, Lazy] = {
    "acting": gettext_lazy("承辦人或值班台"),
    "unit_desk": gettext_lazy("承辦單位"),
    "supervisor": gettext_lazy("督導"),
    "duty_supervisor": gettext_lazy("值班督導"),
    "chief": gettext_lazy("主管"),
    "accountable": gettext_lazy("權責機關"),
    "reporter": gettext_lazy("通報人"),
}
ROLLS: dict[str, Lazy] = {
    "none": gettext_lazy("不順延。"),
    "forward": gettext_lazy("順延到次一個上班日。"),
    "backward": gettext_lazy("提前到前一個上班日。"),
}
PLAIN: dict[str, Lazy] = {
    "yes": gettext_lazy("是"),
    "no": gettext_lazy("否"),
    "unknown": gettext_lazy("不詳"),
    "dispatch_then_investigate": gettext_lazy("先派案，後調查"),
    "investigate_then_dispatch": gettext_lazy("先調查，後派案"),
    "submitted": gettext_lazy("送審時"),
    "approved": gettext_lazy("核可時"),
    "one": gettext_lazy("第一級或第一類"),
    "two": gettext_lazy("第二級或第二類"),
    "three": gettext_lazy("第三類"),
    "met": gettext_lazy("遇到了"),
}
FACTS: dict[str, Lazy] = {
    "kind": gettext_lazy("案類"),
    "grade": gettext_lazy("分級"),
    "class": gettext_lazy("分類"),
    "has_child": gettext_lazy("家中有兒少"),
    "youngest_age": gettext_lazy("最小的孩子幾歲"),
    "seen": gettext_lazy("看到本人"),
    "in_person": gettext_lazy("當面"),
    "outcome": gettext_lazy("結果"),
    "new_event": gettext_lazy("新事件"),
    "urgent": gettext_lazy("緊急"),
    "danger_now": gettext_lazy("現在有危險"),
    "mandated": gettext_lazy("責任通報"),
    "oral": gettext_lazy("以言詞先行通報"),
    "witness_child": gettext_lazy("目睹兒少"),
    "household_elsewhere": gettext_lazy("戶籍在他縣市"),
    "listed_for_protection": gettext_lazy("列為保護個案"),
    "notice": gettext_lazy("通知種類"),
    "age": gettext_lazy("年齡"),
    "regime": gettext_lazy("受理制度"),
    "reason": gettext_lazy("理由"),
    "method": gettext_lazy("方式"),
    "form": gettext_lazy("表單"),
    "plan": gettext_lazy("計畫"),
    "county": gettext_lazy("縣市"),
    "received_at": gettext_lazy("接獲時間"),
    "at": gettext_lazy("發生時間"),
    "matter_kind": gettext_lazy("事項種類"),
}


def area_of(rule_id: str, kind: str) -> str:
    """The area a rule is listed under: code lists and instruments apart, the rest by the first word of the id."""
    if kind in ("codelist", "instrument"):
        return kind
    if kind == "indicator":
        return "figure"
    if kind == "schedule":
        return "followup"
    first = rule_id.partition(".")[0]
    found = _AREA_OF.get(first, first)
    return found if found in AREAS else "other"


def plain(raw: object) -> str:
    """A word of the rule language, or a number, as people say it."""
    return str(PLAIN.get(str(raw), raw))


def spoken(raw: object) -> object:
    """YAML's true and false as the words the rule language uses."""
    return {True: "yes", False: "no"}.get(raw, raw) if isinstance(raw, bool) else raw


def turned(barred: Mapping[str, Any]) -> dict[str, list[str]]:
    """Not where 新事件：否, said without the double no: 新事件：是或不詳. Empty when it is no yes and no."""
    left = {"no": ["yes", "unknown"], "yes": ["no", "unknown"]}
    return {name: left[raw] for name, raw in barred.items() if isinstance(raw, str) and raw in left}


def conditions(book: Rulebook, tests: Mapping[str, Any]) -> str:
    """All conditions of a rule in one line."""
    return "，".join(condition(book, name, raw) for name, raw in tests.items())


def condition(book: Rulebook, name: str, raw: Any) -> str:
    """案類：兒少保護; 最小的孩子幾歲：不到6."""
    return _("%(what)s：%(how)s") % {"what": FACTS.get(name, name), "how": _test(book, name, raw)}


def _test(book: Rulebook, name: str, raw: Any) -> str:
    if isinstance(raw, list):
        return _("或").join(_word(book, name, one) for one in raw)
    text = str(raw)
    if text.startswith("not "):
        return _("不是%(words)s") % {"words": "、".join(_word(book, name, one.strip()) for one in text[4:].split(","))}
    for sign, sentence in (
        (">=", _("%(n)s以上")),
        ("<=", _("%(n)s以下")),
        (">", _("超過%(n)s")),
        ("<", _("不到%(n)s")),
    ):
        if text.startswith(sign):
            return sentence % {"n": text[len(sign) :].strip()}
    return _word(book, name, text)


def _word(book: Rulebook, name: str, code: str) -> str:
    lists = {"kind": "case.kind", "notice": "notice.kind", "matter_kind": "matter.kind", "method": "visit.method"}
    handle = book.contents.handles.get(lists.get(name, ""))
    if handle is not None:
        for entry in handle.national[-1].content.codes:
            if entry.code == code:
                return entry.label.to(words.lang())
    return plain(code)


def events(book: Rulebook, codes: Iterable[str]) -> str:
    """What happens, in words."""
    lang = words.lang()
    return _("、或").join(book.contents.events[code].meaning.to(lang) for code in codes if code in book.contents.events)
