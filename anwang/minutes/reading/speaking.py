"""Who speaks on a point of the agenda, and what of it is decided."""

from __future__ import annotations

import re

from .block import Block
from .lines import joined
from .paper import Decision, Item, Minutes, Response
from .speakers import speaks
from .titles import printed, spaced

_CHAIR = ("主席", "主持人", "召集人")


class Speaking:
    """The point that is dealt with, whoever speaks on it, and its decisions."""

    def __init__(self, minutes: Minutes) -> None:
        self.minutes = minutes
        self.item: Item | None = None
        self.within = ""
        self.response: Response | None = None
        self.spoken_by = ""
        self.proposed = ""

    def _decision(self, block: Block) -> None:
        assert self.item
        self.proposed = ""
        parent = block.above[-1] if block.above else None
        level = max(block.depth, 1)
        self.item.decisions.append(
            Decision(block.label if block.depth else None, level, parent, block.words, block.line)
        )

    # Open forums.

    def _response(self, block: Block) -> None:
        self.within = "response"
        self.response = None
        if block.label:
            self._answer(block.label, block.line)
            self._add(block.words)
        elif block.words and self.item:
            is_name = speaks(block.parts[0])
            self._answer(block.parts[0] if is_name else "", block.line)
            self._add(joined(block.parts[1:] if is_name else block.parts))

    def _responder(self, block: Block) -> None:
        if self.within == "decide" and self.item and not self.item.decisions:
            self.item.speaker = spaced(" ".join(block.parts))
            return
        self._answer(block.words, block.line)

    def _chair(self, block: Block) -> None:
        self._answer(self.minutes.chair or "主席", block.line, role="chair")
        if block.words:
            self._bind(block)

    def _answer(self, unit: str, line: int, role: str = "") -> None:
        if self.item is None:
            return
        self.within = "response"
        self.response = Response(unit, role or ("chair" if self._presides(unit) else "unit"), "", line)
        self.item.responses.append(self.response)

    def _presides(self, unit: str) -> bool:
        names = re.split(r"[、,，()（）]", self.minutes.chair or "")
        bare = [re.sub(r"^.*?院|[○〇◯\s]|代(?:理|理主持)?$", "", name) for name in names if name]
        said = re.sub(r"[○〇◯\s]", "", unit)
        is_office = bool(said) and any(name[1:] == said for name in bare if len(name) > 2)
        return is_office or any(name and name in said for name in bare)

    def _bind(self, block: Block) -> None:
        """What the chair says binds."""
        self._add(printed(block))
        if self.item and self.response and self.response.role == "chair":
            self._decision(block)

    def _add(self, words: str) -> None:
        if self.response and words:
            self.response.text = "\n".join(filter(None, [self.response.text, words]))

    # Those who speak on a point that is decided otherwise.

    def _speeches(self, block: Block) -> None:
        """A heading above those who speak: 委員發言摘要：, 各單位回應：."""
        self._needs_item(block)
        self.within, self.response, self.spoken_by = "speech", None, block.label or ""
        if block.words:
            self._say(block.words, block.line)

    def _speech(self, block: Block) -> None:
        """Somebody speaks: 王委員○○：…. Nothing of it is decided, even if the chair says it."""
        self._needs_item(block)
        is_chair = block.label in _CHAIR
        unit = block.label or self.spoken_by
        self._answer((self.minutes.chair or unit) if is_chair else unit, block.line, "chair" if is_chair else "")
        self.within = "speech"
        self._add(block.words)

    def _say(self, words: str, line: int) -> None:
        """What is said further, by whoever spoke last, else by those of the heading."""
        if self.response is None:
            self._answer(self.spoken_by, line)
            self.within = "speech"
        self._add(words)

    def _needs_item(self, block: Block) -> None:
        raise NotImplementedError
