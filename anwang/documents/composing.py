"""What a paper of the register says, as a sheet: a letter written for its addressee, or a sheet that was filed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any  # words as they were kept
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.documents.models import Paper, PaperWords
from anwang.documents.printing import Part, Sheet
from anwang.documents.states import PaperState, Secrecy, SheetKind
from anwang.foundation import roc
from anwang.foundation.errors import NotFound

_DRAFT = "未取號"


@dataclass(frozen=True)
class Letter:
    """A paper's sheet, the file it belongs to, for whom it is, and the kind whose look it has."""

    sheet: Sheet
    file_id: UUID
    to: str
    circle: str
    what: str


@translation.override("zh-hant")
def letter_of(viewer: Viewer, paper_id: UUID) -> Letter:
    """NotFound for whoever may not read its words."""
    words = (
        PaperWords.objects.select_related("paper__unit", "paper__other_unit")
        .filter(paper_id=paper_id)
        .order_by("-recorded_at", "-id")
        .first()
    )
    if words is None or not words.letter:
        raise NotFound(_("找不到這封函。"))
    paper = words.paper
    to = paper.other_unit.name if paper.other_unit else paper.other_name or words.to_person
    filed = words.letter.get("sheet")
    sheet = _filed(paper, filed, to) if filed else _written(paper, words, to)
    return Letter(sheet, paper.file_id, to, paper.circle, filed["what"] if filed else SheetKind.PAPER.value)


def _title(paper: Paper, title: str) -> str:
    return title if paper.state != PaperState.DRAFT else f"{title}（稿）"


def _written(paper: Paper, words: PaperWords, to: str) -> Sheet:
    letter = words.letter
    people = tuple(tuple(row) for row in letter["people"])
    parts = [Part("主旨", paragraphs=(words.subject,)), Part("說明", paragraphs=tuple(letter["paragraphs"]))]
    if people:
        parts.append(Part(letter["people_heading"], table=(("姓名", "性別", "出生"), *people)))
    return Sheet(
        title=_title(paper, letter["title"]), name=f"{paper.get_kind_display()}-{paper.number or _DRAFT}",
        author=paper.unit.name, secrecy=str(Secrecy(paper.secrecy).label),
        envelope=_envelope(paper, to, (("速別", letter["speed"]),)), parts=tuple(parts),
        closing=(f"正本：{to}",), signatures=("承辦人", "督導", "主管"),
    )  # fmt: skip


def _filed(paper: Paper, kept: Mapping[str, Any], to: str) -> Sheet:
    """The sheet as it was kept, with the number and the day it got since."""
    parts = tuple(
        Part(
            one["heading"], tuple((a, b) for a, b in one["rows"]), tuple(one["paragraphs"]),
            tuple(tuple(row) for row in one["table"]),
        )
        for one in kept["parts"]
    )  # fmt: skip
    ours = tuple((label, value) for label, value in kept["envelope"] if label != "受文者")
    return Sheet(
        title=_title(paper, kept["title"]), name=f"{paper.get_kind_display()}-{paper.number or _DRAFT}",
        author=paper.unit.name, secrecy=str(Secrecy(paper.secrecy).label), envelope=_envelope(paper, to, ours),
        parts=parts, closing=tuple(kept["closing"]), signatures=tuple(kept["signatures"]),
    )  # fmt: skip


def _envelope(paper: Paper, to: str, more: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    dated = roc.roc_long(paper.dated_on) if paper.dated_on else _DRAFT
    rows = (
        ("地址", paper.unit.address), ("受文者", to), ("發文日期", dated), ("發文字號", paper.number or _DRAFT), *more,
        ("密等", str(Secrecy(paper.secrecy).label)),
    )  # fmt: skip
    return tuple(row for row in rows if row[1])
