"""What a section or a point of the agenda is, by its heading: earlier decisions, a report, a motion, a ruling."""

from __future__ import annotations

import re

from .block import Block
from .marks import PLAIN
from .paper import Section
from .titles import closed_up

_FOLLOWUP = re.compile(
    r"(?:前次|上次|歷次|[\d一二三四五六七八九十]次)會議.*(?:決議|決定|裁示|指[(（]裁[)）]示|列管|辦理)|列管(?:事項|案件)"
    r"|(?:指示|裁示|決議|列管)事項.{0,6}(?:執行|辦理|追蹤)情形"
)
_RULES = re.compile(r"^(?!.*(?:建議|擬|提請)).*(?:(?:解除|繼續|持續)列管|[除續]管)")
_BINDS = re.compile(
    r"^(?:主席|會議|綜合)?(?:結論|決議)|^(?:主席|召集人|[院部署局市縣區鄉鎮校]長)(?:[指裁提]示|裁\(指\)示)|^決[議定]事項"
)
_TITLE = re.compile(r":|[(](?!列|[指定議]\)|第.{1,4}次\))|。")
_GENERAL = re.compile(r"(?:專案|專題)報告|(?:報告|討論|審[查議]|提案)(?:事項|案|討論|議題)|臨時(?:提案|動議)")


def section_of(block: Block) -> Section:
    """A section out of its heading: 參、討論事項：… is a title with words behind it."""
    cut = _TITLE.search(block.words.translate(PLAIN))
    title = closed_up(block.words[: cut.start()].strip() if cut else block.words)
    return Section(block.label, title, block.words[cut.start() :].lstrip(":：。 ") if cut else "", block.line)


def kind_of(title: str, section: str) -> str:
    """followup, motion, report or discussion: of a point, by its title and that of its section."""
    if _FOLLOWUP.search(title) or _FOLLOWUP.search(section):
        return "followup"
    if re.search(r"臨時(?:動議|提案)", section):
        return "motion"
    return "report" if "報告" in section and "討論" not in section else "discussion"


def binds(section: Section) -> bool:
    """Whether everything under a heading is decided: 結論, 主席裁示; 略 and 無 decide nothing."""
    return bool(_BINDS.search(section.title.translate(PLAIN))) and section.text not in ("略", "略。", "無", "無。")


def says_nothing(title: str) -> bool:
    """Whether a heading says nothing of what is dealt with under it: 討論事項."""
    return bool(_GENERAL.fullmatch(title))


def rules(section: str, words: str) -> bool:
    """Whether a point among earlier decisions says itself how the case goes on."""
    return bool(_FOLLOWUP.search(section) and _RULES.search(words))
