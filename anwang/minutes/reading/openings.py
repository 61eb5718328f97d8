"""What opens a part of the meeting, what ends it, and what only interrupts it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .head import is_field
from .keywords import KEYWORDS, SECTION
from .lines import Line, squeezed
from .marks import HAN, PLAIN, mark_of

FORUM = re.compile(r"座談|意見交流|提問|發言紀要|綜合討論|與會.*發言|建議事項")
_HOUR = rf"(?:同日)?(?:上午|下午|中午|晚上)?\s*(?:\d{{1,2}}|[{HAN}]{{1,3}})\s*[時:點]"
OVER = re.compile(rf"[(]?{_HOUR}[^,;。]{{0,6}}?(?:宣布|宣告)?(?:散會|會議結束)[。)]*$")
"""A line that only says when it was over: 下午4時25分散會."""
ENDS = re.compile(rf"散會(?:時間)?\s*[:(]?\s*{_HOUR}.{{0,8}}$")
"""The same with the word in front: 散會：10時45分."""
PAUSE = re.compile(
    rf"[(]?(?:{_HOUR}(?:\d{{1,2}}分)?[^,;。]{{0,5}}?(?:休息|復會|休會|繼續開會)(?:\d+分鐘)?[,;。、]?)+[)]?$"
)
"""A line that only says when the meeting paused and went on."""
DAY = re.compile(
    rf"[(]?(?:[0-9{HAN}]{{2,3}}年)?[0-9{HAN}]{{1,3}}月[0-9{HAN}]{{1,3}}日[(](?:星期|週|周)?[一二三四五六日][)](?:{_HOUR}[^,;。]{{0,12}})?[)]?$"
)
"""A line that only says on which day the meeting went on."""
AGENDA = re.compile(r"追蹤|列管|[前上歷]次會議決|(?<!主席)報告|討論|臨時動議|提案|審議|審查|專案|建議事項|案件")
BARE = re.compile(
    r"(?:主席(?:致詞|報告|指示)|(?:[院部署局市縣區鄉鎮校]長|召集人)(?:提示|指示|裁示)(?:事項)?|(?:報告|討論|審議)(?:事項|案)"
    r"|(?:業務|工作)報告|提案討論|討論提案|臨時(?:動議|提案)|散會|綜合座談"
    r"|(?:宣讀|確認)?[前上]次會議(?:紀錄|議事錄)(?:確認)?|[前上歷]次會議決[議定].{0,12}|意見交流|結論)(?=$|[:(])|散會(?=。)"
)
"""Headings of sections that have no number, on a line of their own."""
_LONGEST_HEADING = 20


def style_of_sections(lines: Sequence[Line]) -> str:
    """How the sections are numbered: formal, stems, han, or bare where they have no number."""
    marks = [found for line in lines if (found := mark_of(line.text))]
    if any(mark.style == "formal" and mark.number == 1 for mark, _rest in marks):
        return "formal"
    for style in ("stems", "han"):
        own = [rest for mark, rest in marks if mark.style == style]
        named = sum(bool(SECTION.search(rest[:14])) for rest in own)
        if named > 1 or (named and sum(map(is_field, own)) > 1):
            return style
    is_formal = any(mark.style == "formal" for mark, _rest in marks)
    return "formal" if is_formal and not any(BARE.match(squeezed(line.plain)) for line in lines) else "bare"


def is_heading(words: str) -> bool:
    """Whether words may name a part: short, no sentence, no field of the head, no part of a point."""
    plain = squeezed(words.translate(PLAIN))
    title = re.split(r"[:(]", plain)[0]
    if not title or len(title) > _LONGEST_HEADING or re.search(r"[,。;、?]", title) or is_field(words):
        return False
    return not any(KEYWORDS[kind].match(plain) for kind in ("item", "explain", "unit"))
