"""Who met when and where: the fields in front of the first section, or inside it where papers number them."""

from __future__ import annotations

import re

from .lines import Line, joined
from .marks import FIGURES, PLAIN, mark_of, value
from .names import close_up, goes_on, people
from .paper import Doubt, Minutes
from .sessions import sessions_in
from .times import date_in, times_in

FIELDS = {
    "time": r"(?:開會|會議)?(?:時間|日期)",
    "place": r"(?:開會|會議)?地點",
    "chair": r"(?:共同|聯席|會議)?(?:主持人|主席)|召集人",
    "recorder": r"(?:紀錄)?彙整|紀錄(?:人員?|者)?|記錄(?:人員?|者)?",
    "present": r"出[、及]?列席(?:單位|人員|者)?(?:及人員)?"
    r"|出\s*(?:\(列\)\s*)?席(?:\(列席\))?(?:召集)?(?:委員|人員|單位|者)?(?:及人員)?|(?:列|缺)\s*席(?:委員|人員|單位|官員|者)?(?:及人員)?"
    r"|(?:請假|公假|視訊|線上|未出席|與會|參加)(?:出席|與會)?(?:委員|議員|人員|單位|者)?|(?:出|列)席(?:議員|機關)|發文機關|專門委員|主任秘書|秘書長?",
    "name": r"會議名稱",
}
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_APART = r"\\s*"
_FIELD = {name: re.compile(rf"(?:^|(?<=\s))(?:{_BETWEEN.sub(_APART, words)})\s*:") for name, words in FIELDS.items()}
"""Names of fields, letter-spaced or not."""
_BARE_FIELD = {name: re.compile(rf"(?:{_BETWEEN.sub(_APART, words)})(?:\s+(?=\S)|$)") for name, words in FIELDS.items()}
"""The same without a colon, the words behind it or on the next line."""
_NUMBER = re.compile(r"第\s*([0-9〇一二三四五六七八九十廿百]+)\s*次")
_LETTER = re.compile(
    r"(?:檔\s*號|保存年限|(?:機關)?地址|承辦(?:人|單位)|(?:聯絡)?電話|傳真|電子(?:信箱|郵件)|受文者|發文(?:日期|字號)|速別|密等\S*|附件|主旨"
    r"|正本|副本)\s*:"
)
_MEETING = re.compile("會議|會報|紀錄|議事錄|委員會|座談會|小組")
_BRACKETED = re.compile(r"【[^】]*】")
_ASIDE = re.compile(r"\([^()]*\)")
"""A line in brackets under the chair says by which rule he presides, and is no name."""


def is_field(words: str) -> bool:
    """Whether a line begins with the name of a field."""
    return any(field.match(words.translate(PLAIN)) for field in _FIELD.values())


def fields_of(words: str) -> dict[str, str]:
    """Fields and their words on one line, as 主持人：甲  紀錄：乙. A field of a line ends where the next begins."""
    plain = words.translate(PLAIN)
    places = sorted((one.start(), one.end(), name) for name, field in _FIELD.items() for one in field.finditer(plain))
    ends = [*(start for start, _end, _name in places), len(words)][1:]
    return {name: words[end:until].strip() for (_start, end, name), until in zip(places, ends, strict=True)}


def bare_field(line: Line, is_titled: bool) -> dict[str, str]:
    """A field without a colon, as 地 點 本院議場; not before the title."""
    for name, field in _BARE_FIELD.items() if is_titled else ():
        if found := field.match(line.plain):
            return {name: line.text[found.end() :].strip()}
    return {}


def read_head(minutes: Minutes, before: list[Line]) -> None:
    """Fill in the head from the lines in front of the first section."""
    titles: list[Line] = []
    wrapped: str | None = None
    said: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    for line in before:
        marked = mark_of(line.text)
        found = fields_of(marked[1] if marked else line.text) or bare_field(line, bool(titles))
        for name, words in found.items():
            is_another = name in ("chair", "recorder") and any(said.get(name, ()))
            said.setdefault(name, []).append(f"、{words}" if is_another and words else words)
            places.setdefault(name, line.number)
            wrapped = name
        if not found and not said:
            titles.append(line)
        elif wrapped == "chair" and _ASIDE.fullmatch(line.plain):
            continue
        elif not found and wrapped in ("chair", "recorder") and said[wrapped][0] and goes_on(line):
            said[wrapped].append(f"、{close_up(line.text)}")
        elif not found and wrapped and (wrapped != "recorder" or not said["recorder"][0]):
            is_another = wrapped == "chair" and joined(said["chair"]).translate(PLAIN).endswith(")")
            said[wrapped].append(f"、{line.text}" if is_another else line.text)
    set_title(minutes, titles, said)
    for name, words in said.items():
        several = people("".join(words)) if name == "recorder" else ""
        set_field(minutes, name, several if "、" in several else joined(words), places[name])


def set_title(minutes: Minutes, titles: list[Line], said: dict[str, list[str]]) -> None:
    titles = _without_letter(titles)
    minutes.title = (joined(said["name"]) if "name" in said else joined([line.text for line in titles])).translate(
        FIGURES
    )
    numbers = _NUMBER.findall(minutes.title.partition("暨")[0]) or _NUMBER.findall(minutes.title)
    minutes.number = value(numbers[-1]) if numbers else None


def _without_letter(titles: list[Line]) -> list[Line]:
    """The title alone, where the minutes are printed behind the letter that sent them or a word in brackets."""
    ends = [place for place, line in enumerate(titles) if _LETTER.match(line.plain)]
    rest = titles[ends[-1] + 1 :] if ends else titles
    while ends and len(rest) > 1 and not _MEETING.search(rest[0].text):
        rest = rest[1:]
    return [line for line in rest if not _BRACKETED.fullmatch(line.plain)] or titles


def set_field(minutes: Minutes, name: str, words: str, line: int) -> None:
    """One field; what is printed twice keeps its first words."""
    if name == "time" and minutes.date is None:
        minutes.date, wrong = date_in(words)
        minutes.start_time, minutes.adjourned_time = times_in(words)
        minutes.sessions, wrong_later = sessions_in(words)
        if minutes.sessions:
            minutes.start_time = next((one.start_time for one in minutes.sessions if one.start_time), None)
            minutes.adjourned_time = minutes.sessions[0].adjourned_time
        wrong = wrong or wrong_later
        if wrong:
            minutes.uncertain.append(Doubt(line, words, wrong))
    elif name in ("place", "chair", "recorder") and not getattr(minutes, name) and words:
        said = close_up(words.translate(FIGURES)).rstrip("。")
        setattr(minutes, name, said if name == "place" else people(said))
