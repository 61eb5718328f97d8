"""核定函 on paper: what was granted, as a sheet that prints as ODT and as tagged PDF."""

from __future__ import annotations

from django.utils import translation

from anwang.access.viewer import Viewer
from anwang.documents.printing import Part, Sheet
from anwang.foundation.errors import NotFound

from .page import SubmissionPage, submission_page
from .seen import scope


def letter_sheet(viewer: Viewer, number: str) -> tuple[SubmissionPage, Sheet]:
    """The letter of a submission, in Chinese. NotFound before it went out and for whoever may not see it."""
    scope(viewer)  # asked first, so that a refusal is in the reader's language
    with translation.override("zh-hant"):
        page = submission_page(viewer, number)
        if page.letter is None:
            raise NotFound("查無這封核定函。")
        unit = page.unit
        doc_number, dated, words = page.letter
        rows = [("項目", "申請", "核定", "說明")]
        rows += [(one.name, one.asked, one.granted, one.why) for one in page.items]
        parts = [Part("主旨", paragraphs=(f"核定貴府「{page.title}」（{page.year}年度）提報，請查照。",))]
        parts += [Part("說明", paragraphs=tuple(one for one in (*_receipt(page), *words.splitlines()) if one.strip()))]
        parts += [Part("核定內容", table=tuple(rows))] if page.items else []
        return page, Sheet(
            title="核定函", name=f"核定函-{page.number}", author=unit, secrecy="普通",
            envelope=(
                ("發文機關", unit), ("受文者", f"{page.county_text}政府"), ("發文日期", dated), ("發文字號", doc_number)
            ),
            parts=tuple(parts),
        )  # fmt: skip


def _receipt(page: SubmissionPage) -> tuple[str, ...]:
    if not page.receipts:
        return ()
    number, when, _how, _late = page.receipts[-1]
    return (f"依貴府{when}提報（收件字號{number}）辦理。",)
