"""Who speaks, as papers name them: an office, a person with his office, on a line of their own or with a colon."""

from __future__ import annotations

import re

from .marks import PLAIN

_SPEAKS = re.compile(
    r"(?:司|署|部|局|處|院|會|中心|大學|學系|政府|聯盟|團體|公會|工作站|學會|委員|立委|議員|代表|[里村]長|理事長|教授)"
    r"[^,;。]{0,14}$"
)
_NAME = r"[\u4e00-\u9fff○〇◯]"
_NO_SPEAKER = (
    r"(?!出席|列席|缺席|請假|未出席|與會|參加|主辦|協辦|承辦|辦理|權責|主責|提案|報告|執行|連署|附署|附議|說明|附|備註|聯絡|召集|主持"
    r"|紀錄|記錄|會議室|時間|地點|日期|依據|對象|本案|案由|主旨|決|結論|擬|辦法|理由|建議|第[一二三四五六七八九十]+[項款條點])"
)
_PERSON = (
    r"(?:委員|代表|議員|立委|主席|召集人|主任|[局處署司部院市縣鄉鎮區里村校次科股課組隊所園班會務發]長|理事長|董事長|執行長|秘書長?|總幹事"
    r"|專員|技正|視察|編審|參事|督導|科員|組員|社工師|社工員|社工|心理師|護理師|教授|老師|教師|律師|醫師|法官|檢察官|觀護人|同學|先生"
    r"|女士|小姐|博士|顧問)"
)
_OFFICE = (
    r"(?:局|處|署|司|部|院|會|中心|室(?<!科室)(?<!議室)|所|科|課|組|隊|政府|公所|學校|大學|學院|國中|國小"
    r"|高中|系|聯盟|工作站)"
)
_ASIDE = r"(?:\([^():。]{1,20}\))?"
_PERSON_ALONE = re.compile(
    rf"(?:{_NAME}{{1,12}}{_OFFICE}\s+)?{_NAME}{{0,18}}?{_PERSON}{_NAME}{{0,4}}(?<!提)(?<!提案){_ASIDE}"
)
_OFFICE_ALONE = re.compile(rf"{_NAME}{{1,16}}?{_OFFICE}{_ASIDE}")
_BEGINS = re.compile(rf"(?P<sign>[●◎■◆◇□※•‧]?)\s*{_NO_SPEAKER}")
_SAYS = re.compile(r"(?:書面|補充|綜合|現場|會中)?(?:回[應復覆]|答[復覆]|說明|表示|發言|意見|建議|提問|詢問|報告)\s*$")
_LONGEST = 40
"""Signs of who speaks, however many speak together; a longer line is a sentence."""


def is_person(words: str) -> bool:
    """Whether words are somebody by name and office, and nothing else: 溫主任委員○○."""
    plain = words.translate(PLAIN)
    return len(plain) <= _LONGEST and plain[-1:] != "代" and bool(_PERSON_ALONE.fullmatch(plain[1:]))


def speaks(words: str) -> bool:
    """Whether a line names somebody who speaks: an office and a person, no sentence."""
    plain = words.translate(PLAIN).strip()
    return len(plain) <= 45 and not re.search(r"[。;?,:]", plain) and bool(_SPEAKS.search(plain.split("(")[0].strip()))


def named(words: str) -> tuple[str, str]:
    """Who speaks, and what stands behind the colon on the same line: 東門里陳里長：路燈故障。"""
    bare = re.sub(r"^發言人\s*[:：]\s*", "", words)
    name, _colon, _said = bare.replace("：", ":").partition(":")
    return (name.strip(), bare[len(name) + 1 :].strip()) if speaks(name) else (bare, "")


def speech(words: str, *, is_office_enough: bool, is_alone_enough: bool) -> tuple[str, str] | None:
    """Who speaks on a point and what he says on the same line; None where nobody does.

    社會局回應：… and 王委員○○：… always name a speaker; 社會局：… only where `is_office_enough`, since an explanation
    may go through offices too; a name without a colon only where `is_alone_enough`.
    """
    plain = words.translate(PLAIN)
    head, colon, _said = plain.partition(":")
    begins = _BEGINS.match(head)
    if not begins or len(head) > _LONGEST or not (colon or is_alone_enough or begins["sign"]):
        return None
    who = head[begins.end() :].rstrip()
    verb = _SAYS.search(who)
    is_office_enough = is_office_enough or bool(verb or begins["sign"]) or not colon
    for name in [who[: verb.start()], who] if verb else [who]:
        if _are_speakers(name, is_office_enough):
            return words[begins.end() : begins.end() + len(name)].strip(), words[len(head) + 1 :].strip()
    return None


def _are_speakers(names: str, is_office_enough: bool) -> bool:
    """Whether one name or several joined by 、 or 及 are all of somebody who speaks."""

    def is_one(name: str) -> bool:
        return bool(_PERSON_ALONE.fullmatch(name) or (is_office_enough and _OFFICE_ALONE.fullmatch(name)))

    return is_one(names) or all(is_one(one) for one in re.split("[、及]", names))
