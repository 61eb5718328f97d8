"""What a decision asks: how a tracked case goes on, until when, how often, and of whom."""

from __future__ import annotations

import re
from datetime import date
from typing import Any  # a JSON document

from .lines import squeezed
from .marks import PLAIN, value
from .paper import CONDITION, CONTINUED, RELEASED, SPECIAL, Decision, Item

_N = r"[0-9〇一二三四五六七八九十兩]+"
_SOME_CASES = rf"第?{_N}[案號]?(?:(?:[、及與和暨至~-]|以及)+(?:案次|編號|序號)?第?{_N}[案號]?)*"
_CASES = re.compile(
    rf"(?:案由|案次|案號|編號|項次|序號)(?P<named>{_SOME_CASES})(?![案年月日])|(?P<counted>第?{_SOME_CASES})"
)
"""Cases as they are named together: 第4、6案, 第1案至第3案, 案次1、3, 編號7."""
_REST = re.compile(r"(?:其餘|(?<!剩)餘)[^;。,]{0,8}$")
_STATE = re.compile(
    r"解除(?:列管|追蹤|管考)|(?:不再|免[予再]?)(?:列管|追蹤)|續(?:予)?(?:管|列管)|(?<![解免])除管|(?:繼續|持續|自行)(?:列管|追蹤(?=[,;。、:]|\d|$|列管)|管考)"
    r"|(?:併|合併)[^,;。:]{0,16}?(?:列管|追蹤|管考)(?!編號|序號|項次|案號|案次|第)"
    r"|召開專案會議|專案會議討論"
)
_BEHIND = re.compile(r"者?(?:計|共)?\d*[項案件][:(]([^,。;)]*)")
"""Cases named behind their state: 繼續追蹤1項：序號3. Within it they stand where cases are joined: 併項次3列管."""
_COUNTED = re.compile(r"者?(?:計|共)?\d+[項案件]")
"""How many fare so, not which: 解除追蹤2項."""
_AFTER_RELEASE = re.compile(r"^[;,，；。]?(?:惟|但|並|請|另|期|強化|後續)")
_BINDS = re.compile(r"請|應|期(?!程)|務必|持續")
_FIGURE = "[0-9〇零一二三四五六七八九十百]"
_DAY = re.compile(rf"({_FIGURE}{{2,5}})年({_FIGURE}{{1,3}})月(?:({_FIGURE}{{1,3}})日)?")
_BEFORE_DUE = re.compile(r"(?:於|至|在|延長至|延至|展延至|最遲|限|訂於)[^,;。]{0,4}$|後[(]$")
_AFTER_DUE = re.compile(r"^(?:底|中|初)?(?:以?前|止|內|[)]?(?:提|函|報|送|完成|辦理|召開|啟用|實施|上線))")
_PAST = re.compile(r"(?:截至|自|業於|已於|係於|迄|統計至)[^,;。]{0,4}$")
_PHRASES = (
    rf"會(?:議)?後{_N}(?:個)?(?:週|周|星期|日|天|月|工作天|工作日)(?:內|前)?",
    r"下(?:次|一次)(?:會議|委員會議?|平[臺台]|本會)(?:以?前)?",
    r"(?:本|當|次)[(]?(?:\d{1,2}[)])?月(?:底|中|初)?(?:以?前)",
    r"(?:(?:\d{2,3}|今|本|明)年度?)?第[1-4一二三四]季(?:底|結束)?(?:以?前)",
    rf"(?<![年0-9])(?:\d{{1,2}}|{_N})月(?:\d{{1,2}}|{_N})日(?:以?前)",
    rf"(?<![0-9後近去第每滿一二三四五六七八九十兩]){_N}(?:個月|年|週|周|星期|日|天)(?:內|後)(?=[,\u4e00-\u9fff])",
    r"半年(?:內|後)",
    r"(?:\d{2,3}年|今年|本年|明年)(?:年)?底(?:前|以前)",
    rf"(?:\d{{1,2}}|{_N})月(?:底|中|初)?(?:前|以前)",
    r"(?:本週|本月|年底|月底)(?:前|內)",
)
_RECURS = re.compile(rf"每(?:{_N}|半)?(?:年|季|個?月|週|周|日)(?!之|案|處|人|個個)|(?:按|逐)(?:年|季|月|週)")
_ASKED = re.compile(
    r"(?:(?<![邀申聘提約送報])請由?|(?:^|(?<=[,;。]))由(?![院府部會本]|.{0,12}(?:函|送))|責成|責由|交由|應由|(?<![\u4e00-\u9fff])期(?=各?地方政府|各縣市政府|[\u4e00-\u9fff]{2,3}部))(?!將|依|問|參|於|儘|就|提|在|准|假|求|教(?!育)|領)"
)
_COUNTIES = (
    "臺北市|台北市|新北市|桃園市|臺中市|台中市|臺南市|台南市|高雄市|基隆市|新竹市|新竹縣|苗栗縣|彰化縣|南投縣|雲林縣"
    "|嘉義市|嘉義縣|屏東縣|宜蘭縣|花蓮縣|臺東縣|台東縣|澎湖縣|金門縣|連江縣"
    "|(?![各本該請由及與和、,;。:()「」])[\u4e00-\u9fff]{2}[縣市](?=政府)"
)
_WHOLE = "社會及家庭署|社會救助及社工司|心理及口腔健康司|國民及學前教育署"
"""Names with a 及 of their own."""
_UNIT = re.compile(
    rf"(?:(?:衛生福利部|衛福部|教育部|法務部|內政部|勞動部)(?:[^、,;。及與和就於參]{{2,9}}?(?:司|署))"
    rf"|各縣市[^、,;。應]{{2,8}}?(?:中心|局|處)"
    rf"|(?:衛生福利部|教育部|法務部|內政部|勞動部|行政院|本部|本府|本院)?(?:{_WHOLE})"
    rf"|(?:{_COUNTIES})(?:政府)?(?:[^、,;。及與和]{{1,10}}?(?:局|處|中心))?"
    r"|各(?:地方政府|縣\(?市\)?政府|直轄市、縣\(市\)政府|部會|司署|司|單位|機關|網絡單位|網絡|服務體系|相關單位|局處|委員|課室|處室|區公所|縣市)(?:社工員)?"
    r"|(?:社會|民政|建設|財政|農業|文化|觀光|工務|經建)課|(?:圖書|博物|美術)館"
    r"|(?:地方政府|相關(?:單位|部會|機關|局處)|業務單位|主辦單位|權責(?:單位|機關)|幕僚單位|中央單位|提案單位|開發單位|承辦單位|執行單位|中央)"
    r"|(?:(?!務必|持續|邀請|研|依|訂定|釐清|掌握|檢視|留意|督促|提供|納入|盤點|強化)[^、,;。:()「」各及與和就於將針再另提本]){1,12}?(?:部|司|署|局|處|會報|委員會|院|所|中心|政府|大隊|分局|科|室|辦公室|基金會|協會|學校)"
    r"|本[部府院署局會](?=[於應就再另依針將儘提研辦統彙負協持邀函,、。;及與和]))"
)
_MUST = re.compile(
    r"(各?(?:地方政府|縣市政府|部會|司署)|各(?:單位|機關)|(?:開發|主辦|權責|業務|執行|相關|承辦|提案)(?:單位|機關)"
    r"|(?<![\u4e00-\u9fff])(?:單位|機關))(?:均|亦)?(?:須|務必|應(?!由|用|變))"
)
_CARRY = r"(?:主辦|協辦|辦理|主責|權責|執行)(?:單位|機關):"
_AT_END = re.compile(rf"[(](?:{_CARRY})?([^():。]{{2,60}})[)]。?$")
_CARRIES = re.compile(rf"{_CARRY}([^:。;()]+?)(?={_CARRY}|[。;()]|$)")
"""Who carries it out, named behind the words: （社家署、各縣市政府）, 主辦單位：教育局."""
_NAME = re.compile(
    r"(?!含|如|詳|例|略|即|另|見)各?[\u4e00-\u9fff]{0,14}?(?:部|司|署|局|處|院|會|所|中心|政府|大隊|科|室|單位|機關|網絡|縣市|國中|國小|高中|大學)"
)
_AND = re.compile(r"(?:、|及|與|和|,|暨|會同|偕同|並會)+")


def follow_all(item: Item) -> None:
    """Fill in what the decisions of an item ask; what one leaves open is what stands above it."""
    above: dict[str | None, Decision] = {None: Decision(None, 0, None, item.lead, item.line)} if item.lead else {}
    for decision in [*above.values(), *item.decisions]:
        follow(decision)
        parent = above.get(decision.parent)
        if parent and parent is not decision:
            decision.units = decision.units or list(parent.units)
            _goes_on(decision, parent)
        above[decision.no] = decision


def follow(decision: Decision) -> None:
    """Fill in what the words of a decision ask."""
    plain = squeezed(decision.text.translate(PLAIN))
    if re.search("列管|[續除]管|追蹤|管考|專案會議", plain):
        decision.tracking, decision.tracking_cases = tracked(plain)
    decision.due = due(plain)
    found = _RECURS.search(plain)
    decision.recurrence = found[0] if found else None
    decision.units = units(plain)


def _goes_on(decision: Decision, parent: Decision) -> None:
    """A point about a case whose state stands above it: 案由6 under 第1案、第6案繼續列管，並於下次會議提出報告."""
    found = re.match(rf"案由({_N})", squeezed(decision.text.translate(PLAIN)))
    number = value(found[1]) if found else None
    state = next((one["state"] for one in parent.tracking_cases if one["case"] == number), None)
    if state == CONTINUED:
        decision.tracking, decision.tracking_cases = state, [{"case": number, "state": state}]
        decision.due = decision.due or parent.due


def tracked(plain: str) -> tuple[str | None, list[dict[str, Any]]]:
    """How the cases go on: each with its state, and the one state when all fare alike."""
    cases: list[dict[str, Any]] = []
    rest: set[str] = set()
    begin = 0
    for found in _STATE.finditer(plain):
        before, state = plain[begin : found.start()], _state(found[0], plain[found.end() :])
        begin = found.end()
        behind = _BEHIND.match(plain[found.end() :])
        named = cases_in(before + found[0]) or (cases_in(behind[1]) if behind else [])
        cases += [{"case": number, "state": state} for number in named]
        is_counted = not named and _COUNTED.match(plain[found.end() :])
        rest |= {state} if _REST.search(before) or is_counted else set()
    states = {case["state"] for case in cases} | (rest if cases else set())
    if len(states) == 1:
        return states.pop(), cases
    said = {_state(one[0], plain[one.end() :]) for one in _STATE.finditer(plain)} if not cases else set()
    alone = said.pop() if len(said) == 1 else None
    return (alone if alone != SPECIAL else None), cases


def cases_in(plain: str) -> list[int]:
    """The numbers of the cases that are named, with those between 第1案至第3案."""
    found: list[int] = []
    for one in _CASES.finditer(plain):
        if not one["named"] and not re.search(r"案", one[0]):
            continue
        last: int | None = None
        for part in re.finditer(rf"(?P<to>[至~-])?(?:案次|編號|序號)?第?(?P<n>{_N})", one["named"] or one["counted"]):
            number = value(part["n"])
            if number is None:
                continue
            if part["to"] and last is not None and 0 < number - last < 100:
                found += range(last + 1, number)
            found.append(number)
            last = number
    return list(dict.fromkeys(found))


def _state(words: str, rest: str) -> str:
    if "專案會議" in words:
        return SPECIAL
    if not re.search("除|不再|免", words):
        return CONTINUED
    sentence = re.split(r"。", rest)[0]
    more = sentence.split(",", 1)[0] if re.match(r",第", sentence) else sentence
    return CONDITION if re.match(r"[;；,]", more) and _BINDS.search(more) and not re.match(r",第", more) else RELEASED


def due(plain: str) -> str | None:
    """The day or month it is due, or the phrase as printed; None when none is said."""
    for found in _DAY.finditer(plain):
        before, after = plain[: found.start()], plain[found.end() :]
        if _PAST.search(before) or not (_BEFORE_DUE.search(before) or _AFTER_DUE.match(after)):
            continue
        if re.match(r"底?,", after) and not after.startswith(",提"):
            continue
        return _iso(found)
    phrases = [found for words in _PHRASES if (found := re.search(words, plain))]
    return min(phrases, key=lambda found: found.start())[0] if phrases else None


def _iso(found: re.Match[str]) -> str:
    year, month, day = (value(part) if part else None for part in found.groups())
    try:
        whole = date((year or 0) + 1911, month or 0, day or 1).isoformat()
    except ValueError:
        return found[0]
    return whole if day else whole[:7]


def units(plain: str) -> list[str]:
    """The units that are asked, as printed, in their order."""
    found: list[str] = []
    for asked in _ASKED.finditer(plain):
        place = asked.end()
        while one := _UNIT.match(plain, place):
            if one[0] not in found:
                found.append(one[0])
            link = _AND.match(plain, one.end())
            if not link:
                break
            place = link.end()
    found += [one[1] for one in _MUST.finditer(plain) if one[1] not in found]
    for named in [_AT_END.search(plain), *_CARRIES.finditer(plain)]:
        parts = _AND.split(named[1]) if named else []
        if all(_NAME.fullmatch(one) for one in parts):
            found += [one for one in dict.fromkeys(parts) if one not in found]
    return found
