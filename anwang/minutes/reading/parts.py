"""Sections, items and decisions out of the blocks of a paper."""

from __future__ import annotations

import re

from .agenda import binds, kind_of, rules, says_nothing, section_of
from .amendments import amendments_in, confirms
from .block import Block
from .head import fields_of, set_field
from .keywords import CASED
from .lines import joined
from .marks import PLAIN, Mark
from .paper import Decision, Item, Minutes, Section
from .speakers import speech
from .speaking import Speaking
from .times import time_in
from .titles import alone, printed, spaced, titled

_PROPOSES = re.compile(r"(?:提案|報告)(?:單位|機關|人)")


class Builder(Speaking):
    """Takes blocks in their order and puts them where they belong."""

    def __init__(self, minutes: Minutes) -> None:
        super().__init__(minutes)
        self.section: Section | None = None
        self.said: list[str] = []
        self.decided = 0
        self.counted: Mark | None = None
        self.signed = False

    def take(self, block: Block) -> None:
        getattr(self, f"_{block.kind}", self._text)(block)

    def end(self) -> None:
        self._close_item()

    # Sections.

    def _section(self, block: Block) -> None:
        self._close_item()
        self.proposed, self.counted = "", None
        self.section = section = section_of(block)
        self.minutes.sections.append(self.section)
        self.within = "section"
        for name, words in fields_of(" ".join(block.parts)).items():
            set_field(self.minutes, name, joined([words]), block.line)
        if "散會" in section.title:
            self.minutes.adjourned_time = time_in(block.words) or self.minutes.adjourned_time
        if confirms(section.title):
            self.minutes.amendments += amendments_in(block.words[len(section.title) :].lstrip(":： "), block.line)
        if binds(section):
            self._begin(Item(section.heading, None, section.title, "discussion", block.line))
            assert self.item
            self.within, self.item.lead, section.text = "decide", section.text, ""
            self.decided = block.line

    # Items.

    def _begin(self, item: Item) -> None:
        self._close_item()
        self.item, self.said, self.within, self.decided = item, [], "item", 0
        self.minutes.items.append(item)

    def _item(self, block: Block) -> None:
        assert self.section
        title, unit, more = titled(block.words)
        if self.signed and block.mark:
            self.proposed = ""  # who signed the decision before a point that is counted by itself
        self.signed = False
        unit, self.proposed, self.counted = unit or self.proposed or None, "", block.mark
        kind = kind_of(title, self.section.title)
        if kind == "motion" and not unit and (said := speech(title, is_office_enough=True, is_alone_enough=False)):
            unit, title = said if said[1] else (None, title)
        if block.lines and CASED.match(block.lines[0].plain) and self._tracks():
            kind = "followup"
        self._begin(Item(self.section.heading, block.label, title, kind, block.line, unit))
        if more:
            self.said.append(more)

    def _tracks(self) -> bool:
        """Whether the point before, in the same section, is about earlier decisions."""
        last = self.minutes.items[-1] if self.minutes.items else None
        return bool(self.section and last and last.section == self.section.heading and last.kind == "followup")

    def _speaker(self, block: Block) -> None:
        assert self.section
        words = " ".join(block.parts)
        self._begin(Item(self.section.heading, block.label, block.words, "question", block.line, speaker=spaced(words)))

    def _unit(self, block: Block) -> None:
        """Who proposes a point; behind a decision, who carries it out, or who signed it, or who proposes the next."""
        if self.item is None or self.within != "decide":
            if self.item:
                self.item.unit = self.item.unit or alone(block.words)
            else:
                self.proposed = alone(block.words)
            return
        last = self.item.decisions[-1] if self.item.decisions else None
        if _PROPOSES.match(block.words):
            self.proposed = block.words.translate(PLAIN).partition(":")[2].strip()
            self.signed = block.words.startswith("提案人")
        if _PROPOSES.match(block.words) or block.words.startswith("連署"):
            self.said.append(block.words)
        elif last:
            last.text += block.words
        else:
            self.item.lead = joined([self.item.lead, block.words])

    def _explain(self, block: Block) -> None:
        self._needs_item(block)
        self.within = "explain"
        if block.words:
            self.said.append(block.words)

    def _aside(self, block: Block) -> None:
        self._needs_item(block)
        self.within = "explain"
        self.said.append(joined([line.text for line in block.lines]))

    def _decide(self, block: Block) -> None:
        if self.item is None and self.section and confirms(self.section.title):
            self._text(block)
            return
        if self.item and block.mark and self.counted and self._is_peer(block.mark, self.counted):
            self._close_item()
        self._needs_item(block)
        assert self.item
        self.within = "decide"
        if block.label or self.item.decisions:
            self._besides(block)
            return
        self.decided = self.decided if self.item.lead else block.line
        self.item.lead = joined([self.item.lead, block.words]) if self.item.lead else block.words

    def _is_peer(self, mark: Mark, counted: Mark) -> bool:
        """Whether a decision is counted on behind the points (一、二、三、主席裁示) and so is of them all."""
        return mark.style == counted.style and mark.number == counted.number + 1 > 2

    def _heading(self, block: Block) -> None:
        """A heading above points that are counted anew."""
        self._close_item()
        self.within = "section"
        self._text(Block("point", block.line, block.mark, block.label, parts=block.parts))

    def _besides(self, block: Block) -> None:
        """附帶決議: a decision of its own behind the first."""
        assert self.item
        if self.item.lead and not self.item.decisions:
            self.item.decisions.append(Decision(None, 1, None, self.item.lead, self.decided or block.line))
            self.item.lead = ""
        if block.words:
            self.item.decisions.append(Decision(None, 1, None, block.words, block.line))

    def _needs_item(self, block: Block) -> None:
        """A section that decides without naming a point is the point; its name is that of the section where that says
        what it is about, else the sentence under it."""
        if self.item is None and self.section:
            words = self.section.text
            said = titled(words)[0]
            is_title = says_nothing(self.section.title) and words and not re.search(r"[:：\n]", said)
            title, unit, more = titled(words if is_title else self.section.title)
            self._begin(Item(self.section.heading, None, title, kind_of(title, self.section.title), block.line, unit))
            if is_title:
                self.section.text = ""
            elif more or self.section.text:
                self.said.append(more or self.section.text)

    def _ruled(self, block: Block) -> None:
        """A point whose words are how it goes on: （五）項次5、6併案繼續列管。"""
        assert self.section
        title = titled(block.words)[0]
        self._begin(Item(self.section.heading, block.label, title, "followup", block.line))
        self._decision(Block("decide", block.line, parts=block.parts))
        self.within = "decide"

    def _passed(self, block: Block) -> None:
        """Motions that were passed together, each a point of its own: 通過臨時提案2案：一、…"""
        assert self.section
        title = "".join(line.text for line in block.lines).rstrip("：: ")
        self._begin(Item(self.section.heading, None, title, "motion", block.line))
        self.within = "decide"

    def _pause(self, block: Block) -> None:
        """When the meeting paused: of the section, of no decision."""
        if self.section:
            self.section.text = "\n".join(filter(None, [self.section.text, block.words]))

    def _annex(self, block: Block) -> None:
        """What is appended belongs to no decision."""
        self._close_item()
        self.within = "section"
        self._text(block)

    # What stands in them.

    def _point(self, block: Block) -> None:
        if self.item is None and self.section and rules(self.section.title, block.words):
            self._begin(Item(self.section.heading, None, self.section.title, "followup", block.line))
            self.within = "decide"
        if self.within == "decide" and self.item:
            self._decision(block)
        elif self.within == "response" and self.response:
            self._bind(block)
        elif self.within == "speech":
            self._say(printed(block), block.line)
        else:
            self._text(block)

    def _text(self, block: Block) -> None:
        words = printed(block)
        if not words:
            return
        if self.within == "decide" and self.item and self.item.decisions:
            self.item.decisions.append(Decision(None, 1, None, words, block.line))
        elif self.within == "decide" and self.item:
            self.item.lead = joined([self.item.lead, words])
        elif self.within == "response" and self.response:
            self._bind(block)
        elif self.within == "speech":
            self._say(printed(block), block.line)
        elif self.item:
            self.said.append(words)
        elif self.section:
            if "散會" in self.section.title and not self.minutes.adjourned_time:
                self.minutes.adjourned_time = time_in(words)
            self.section.text = "\n".join(filter(None, [self.section.text, words]))
            if confirms(self.section.title):
                self.minutes.amendments += amendments_in(block.words, block.line)

    def _adjourn(self, block: Block) -> None:
        self._close_item()
        self.minutes.adjourned_time = time_in(block.words) or self.minutes.adjourned_time

    def _close_item(self) -> None:
        item, self.item, self.response = self.item, None, None
        if item is None:
            return
        item.explanation = "\n".join(self.said)
        if item.lead and (not item.decisions or item.lead.endswith("。")):
            item.decisions.insert(0, Decision(None, 1, None, item.lead, self.decided or item.line))
            item.lead = ""
        self.said = []
