"""Words by which papers name their parts, and lines on which more than one thing begins."""

from __future__ import annotations

import re

from .lines import Line
from .marks import FORMAL, HAN, mark_of

_SOME = rf"(?:[{HAN}]{{1,3}}|\d{{1,2}})"
_CASED = "(?:列管|追蹤)?(?:編號|序號|項次)|(?:列管|追蹤)(?:事項|案件)"
CASED = re.compile(rf"\s*(?:{_CASED}|案號|案次)")
"""How tracked cases are counted."""
_ARTICLE = r"第\s*(?:\d{1,3}|[一二三四五六七八九十百]{1,5})\s*條(?:之\s*[0-9一二三四五六七八九十]+)?"
ARTICLE = re.compile(rf"\s*{_ARTICLE}\s*$")
"""第49條 on a line of its own: a bill that is dealt with article by article."""
_FATE = "照|修正後?通過|同意|解除|持續|繼續|洽悉|保留|緩議|通過|不予|撤|准予|備查"
"""What becomes of a point: 第1案　照案通過 says it and names none."""
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_SPEAKERS = (
    r"(?:(?:與會|出席|列席|外聘|府外|各|相關)*(?:委員|人員|單位|機關|代表|局處|部會|學者|專家|團體)"
    r"(?:[、及與]各?(?:人員|單位|機關|代表|局處|學者|專家))?|與會)"
)
"""Those who speak, where a heading names none of them: 與會委員, 各單位."""
_DIGEST = r"(?:摘要|紀要|重點|要點|內容|情形)?"
_WORDS = {
    "item": rf"(?:案由|案號|案次|議題|提案|報告案|討論案|報告事項|討論事項|臨時動議)({_SOME})?\s*:"
    rf"|(?:{_CASED})\s*({_SOME})\s*:|(?:{_CASED}|案號|案次)\s*:?\s*(\d{{1,9}}(?:-\d{{1,3}})?)\s*$"
    r"|(?:案名|題目)\s*:"
    rf"|(?:案由|議題|提案|案)({_SOME})\s*、|案({_SOME})\s*:"
    rf"|(?:報告|討論|動議)({_SOME})\s*:"
    rf"|(?:報告|討論|審議|核定|備查|提)?案?第\s*({_SOME})\s*號?(?:提)?案\s*"
    rf"(?::|$|(?=[「『])|(?<=[\s　])(?!{_FATE})(?=[^\s、及與和至]))"
    rf"|(?:提案|案由|議題|報告案|討論案)({_SOME})\s*(?=\([^()]{{2,20}}\)\s*:)"
    rf"|第\s*({_SOME})\s*號\s*$|(?={_ARTICLE}\s*$)"
    rf"|(?:報告案|討論案|提案|臨時動議|動議|議題)({_SOME})\s*$",
    "decide": r"(附帶)?(?:主席|會議|本會|本案|綜合|大會|召集人|主任委員|[院部次署局處市縣區鄉鎮校]長)?(?:決定|決議|議決"
    r"|裁示|裁決|結論|指示|提示|裁\(指\)示|決議\(定\)"
    r"|決定\(議\)|審查意見)"
    r"(?:事項)?(?:\d+項)?\s*(?::|$)",
    "explain": r"(?:案由|背景|現況)?說明\s*(?::|$)|緣由\s*:",
    "passed": rf"通過(?:臨時)?(?:提案|決議)(?:{_SOME})?[案項]?\s*:",
    "aside": r"(?:擬辦|辦法|理由|建議|意見|補充說明)\s*:|(?:目前)?(?:辦理|執行)(?:情形|進度)\s*:"
    r"|(?:類別|附件|備註|經費來源)\s*:",
    "response": r"(?:中央|機關|單位|業務單位)?回[應復覆]\s*(?::|$)"
    r"|([\u4e00-\u9fff○]{2,14}?)(?:書面)?(?:回[應復覆]|答[復覆])\s*:",
    "chair": r"主席(?:回應|說明)?\s*(?::|$)",
    "speeches": rf"({_SPEAKERS})(?:書面|綜合)?(?:發言|意見|建議|提問|詢問)(?:及回[應復覆])?{_DIGEST}\s*:"
    rf"|({_SPEAKERS}|業務單位|主辦單位|權責單位|相關單位|幕僚單位)(?:綜合)?(?:回[應復覆]|答[復覆]|說明){_DIGEST}\s*:"
    rf"|(?:發言|詢答|討論)(?:意見|過程)?(?:及回[應復覆])?{_DIGEST}\s*:|(?:綜合)?回[應復覆]\s*:|意見(?:摘要|紀要|重點|要點)\s*:"
    rf"|(?:({_SPEAKERS})?發言|討論)(?:摘要|紀要|重點|要點)\s*$",
    "annex": r"\(?附[件表錄]\s*[一二三四五六七八九十0-9]*\)?\s*$|【附[件表錄][^】]*】",
    "unit": r"(?:報告|提案|主辦|協辦|辦理|主責|權責|執行|說明|連署|附署|附議)(?:單位|機關|人)\s*:",
}
KEYWORDS = {kind: re.compile(_GAP.sub(r"\\s*", words)) for kind, words in _WORDS.items()}
RULED = re.compile(
    r"(?:主席|召集人)(?:裁示|決定|指示|結論)\s*,?\s*(?=請|同意|本案|照案|洽悉|通過|准予|解除|繼續|持續|併)|[(](?:主席|會議)?(?:裁示|決議|決定)[)]\s*:?\s*"
)
"""A ruling without a colon, on a line without a number: 主席裁示請社會局…, （主席裁示）請…."""
ANEW = re.compile(r"(?:提案|案由|議題|第)\s*(?:1|一)\s*(?:號?(?:提)?案)?\s*(?::|$|類別|提案)")
"""The first of points that are counted: 第1號案, 提案一：."""
STATED = re.compile(r"\s*(?:同意|建議)?(?:解除|繼續|持續|自行)(?:列管|追蹤)")
"""Behind 案次1： how the case goes on, which is a decision and no title."""
SECTION = re.compile(
    r"致詞|[前上歷]次會議|確認.{0,8}次.{0,6}(?:紀錄|議事錄)|(?:核定|審議|研議|備查)案件|建議事項|報告事項|報告案|業務報告|工作報告|討論(?:事項|案|議題|提案)|議題討論|審[查議]事項|臨時(?:動議|提案)|散會|座談|結論|提案|追蹤|列管"
    r"|主席(?:指示|裁示|報告|裁[(（]指[)）]示)|意見交流"
)
_HEADED = re.compile(rf"(?:[{FORMAL}]{{1,2}}\s*、\s*)?(?:{SECTION.pattern})[^\s,。:]{{0,6}}[:]?\s+")
_PROPOSED = re.compile(
    rf"(?:(?:提案|議題|案由|報告案|討論案)\s*{_SOME}|第\s*{_SOME}\s*[案號]案?|[{HAN}]{{1,3}}\s*、)\s*:?\s*(?=[(]?\s*(?:(?:提案|報告)(?:單位|機關|人)|類別)\s*:)"
)
"""提案一　提案單位：社會局 on one line, the words of the point on the next."""


_BY = re.compile(r"\s+(?=提案(?:單位|機關|人)\s*:)")


def apart(line: Line) -> list[Line]:
    """What stands on one line and begins anew within it: 壹、報告事項 一、…, 決議：一、…。二、…, 提案一 提案單位：…"""
    found = _HEADED.match(line.plain)
    if found and mark_of(line.text[found.end() :]):
        return _cut(line, found.end())
    found = KEYWORDS["decide"].match(line.plain) or KEYWORDS["explain"].match(line.plain)
    if found and (marked := mark_of(line.text[found.end() :])) and marked[0].number == 1:
        return [*_cut(line, found.end())[:1], *_points(Line(line.number, line.text[found.end() :], ""))]
    if line.plain.startswith("類別") and (found := _BY.search(line.plain)):
        return _cut(line, found.end())
    found = _PROPOSED.match(line.plain)
    if found and line.plain[found.end()] != "(":
        named, more = _cut(line, found.end())
        return [named, *apart(more)]
    return _points(line)


def _points(line: Line) -> list[Line]:
    """Points that follow each other on one line, each number the next: ㈠…。㈡…。"""
    marked = mark_of(line.text)
    if marked is None or marked[0].number != 1:
        return [line]
    cuts = [0]
    for end in re.finditer(r"[。;]\s*", line.plain):
        following = mark_of(line.text[end.end() :])
        if following and following[0].style == marked[0].style and following[0].number == len(cuts) + 1:
            cuts.append(end.end())
    parts = [line.text[begin:end].strip() for begin, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True)]
    return [Line(line.number, words, "" if place else line.raw) for place, words in enumerate(parts)]


def _cut(line: Line, at: int) -> list[Line]:
    return [Line(line.number, line.text[:at].strip(), line.raw), Line(line.number, line.text[at:].strip(), "")]
