"""How a sheet looks on PDF: read from the template's own styles, margins and order, so that both forms agree."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any  # what typst reads as JSON

from odfdo import Document

from . import filling
from .fields import BLOCKS, ENVELOPE, FIELD, PARTS, PRINTED, SECRECY, TITLE
from .sheet import PrintedBy, Sheet

_LENGTH = re.compile(r"([\d.]+)(mm|cm|in|pt)")
_PERCENT = re.compile(r"(\d{2,3})%")
_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 0.3528}
_ALIGN = {"center": "center", "end": "right", "right": "right", "justify": "justify", "start": "left", "left": "left"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_DEFAULT: dict[str, dict[str, Any]] = {
    # style: size and spaces in points
    "安網標題": {"size": 18.0, "align": "center", "above": 0.0, "below": 14.0, "colour": "#000000"},
    "安網信頭": {"size": 11.5, "align": "left", "above": 0.0, "below": 6.0, "colour": "#000000"},
    "安網段名": {"size": 12.5, "align": "left", "above": 15.0, "below": 8.0, "colour": "#000000"},
    "安網內文": {"size": 11.5, "align": "left", "above": 0.0, "below": 8.0, "colour": "#000000"},
    "安網頁首": {"size": 8.0, "align": "left", "above": 0.0, "below": 0.0, "colour": "#000000"},
}
_PLAIN_ORDER = (TITLE, ENVELOPE, "rule", PARTS, "結尾", "簽名")


@dataclass(frozen=True)
class Design:
    """Margins in millimetres, styles by name, blocks in order, and what stands at the head of each page."""

    margins: dict[str, float] = field(default_factory=lambda: {"top": 28, "bottom": 24, "left": 24, "right": 24})
    styles: dict[str, dict[str, Any]] = field(default_factory=lambda: dict(_DEFAULT))
    blocks: tuple[dict[str, Any], ...] = ()
    header: tuple[str, ...] = ("{{密等}}｜{{列印}}",)
    footer: tuple[str, ...] = ()

    def content(self, sheet: Sheet, by: PrintedBy) -> dict[str, Any]:
        """What typst draws: blocks with the sheet's words in them."""
        said = filling.inline(sheet, by)
        blocks = self.blocks or tuple({"field": name, "more": ""} for name in _PLAIN_ORDER)
        alone = {one["more"] for one in blocks if one.get("field") == PARTS and one["more"]}
        has_closing = any(one.get("field") == "結尾" for one in blocks)
        return {
            "margins": self.margins, "styles": self.styles, "header": [filling.put(one, said) for one in self.header],
            "footer": [filling.put(one, said) for one in self.footer],
            "blocks": [_drawn(one, sheet, said, alone, with_closing=not has_closing) for one in blocks],
        }  # fmt: skip


PLAIN = Design()


def read(body: bytes) -> Design:
    """The look of a template that was looked through before."""
    document = Document(io.BytesIO(body))
    styles = {name: _style(document, name, _DEFAULT[name]) for name in _DEFAULT}
    blocks = []
    for paragraph in document.body.xpath("descendant::text:p | descendant::text:h"):
        text = filling.words_of(paragraph)
        found = FIELD.findall(text)
        style = paragraph.get_attribute_string("text:style-name") or "安網內文"
        if found and found[0][0] in BLOCKS and not (found[0][0] == ENVELOPE and found[0][1]):
            blocks.append({"field": found[0][0], "more": found[0][1]})
        elif found and found[0][0] == TITLE and FIELD.sub("", text).strip() == "":
            blocks.append({"field": TITLE, "more": "", "look": _style(document, style, styles["安網標題"])})
        elif text.strip():
            blocks.append({"text": text, "look": _style(document, style, styles["安網內文"])})
    return Design(_margins(document), styles, tuple(blocks), _frame(document, "header"), _frame(document, "footer"))


def _drawn(
    block: dict[str, Any], sheet: Sheet, said: dict[tuple[str, str], str], alone: set[str], *, with_closing: bool
) -> dict[str, Any]:  # fmt: skip
    if "text" in block:
        return {"kind": "text", "words": filling.put(block["text"], said), "look": block["look"]}
    name, more = block["field"], block["more"]
    if name == PARTS:
        parts = [part for part in sheet.parts if (part.heading == more if more else part.heading not in alone)]
        shown = [{"heading": one.heading, "rows": one.rows, "paragraphs": one.paragraphs, "table": one.table}
                 for one in parts]  # fmt: skip
        return {"kind": "parts", "parts": shown, "closing": list(sheet.closing) if with_closing and not more else []}
    kinds = {TITLE: ("title", sheet.title), ENVELOPE: ("envelope", sheet.envelope), "結尾": ("closing", sheet.closing),
             "簽名": ("signatures", sheet.signatures), "rule": ("rule", bool(sheet.envelope))}  # fmt: skip
    kind, words = kinds[name]
    return {"kind": kind, "words": words} | ({"look": block["look"]} if "look" in block else {})


def _style(document: Document, name: str, otherwise: dict[str, Any]) -> dict[str, Any]:
    """A paragraph style with what it inherits, as far as PDF draws it."""
    found: dict[str, Any] = {}
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        style = document.get_style("paragraph", name)
        if style is None:
            break
        for area in ("text", "paragraph"):
            for key, value in (style.get_properties(area=area) or {}).items():
                found.setdefault(key, value)
        name = style.get_attribute_string("style:parent-style-name") or ""
    size = _points(found.get("fo:font-size")) or otherwise["size"]
    colour = str(found.get("fo:color") or "")
    return {
        "size": min(max(size, 6.0), 40.0), "align": _ALIGN.get(str(found.get("fo:text-align")), otherwise["align"]),
        "above": _space(found.get("fo:margin-top"), otherwise["above"]),
        "below": _below(found, size, otherwise["below"]),
        "colour": colour if _COLOUR.fullmatch(colour) else otherwise["colour"],
    }  # fmt: skip


def _points(value: object) -> float:
    found = _LENGTH.fullmatch(str(value or ""))
    return float(found.group(1)) * _MM[found.group(2)] / _MM["pt"] if found else 0.0


def _space(value: object, otherwise: float) -> float:
    return min(_points(value), 120.0) if _LENGTH.fullmatch(str(value or "")) else otherwise


def _below(found: dict[str, Any], size: float, otherwise: float) -> float:
    """The space after a paragraph; what its lines stand apart is added, as typst knows one line height for all."""
    apart = _PERCENT.fullmatch(str(found.get("fo:line-height") or ""))
    more = size * (int(apart.group(1)) - 100) / 100 if apart else 0.0
    return max(_space(found.get("fo:margin-bottom"), otherwise) + max(more, 0.0), size / 2)


def _margins(document: Document) -> dict[str, float]:
    """Of the first page layout; between 5 and 60 mm, so that nothing falls off the sheet."""
    layout = document.styles.get_element("//style:page-layout/style:page-layout-properties")
    margins = dict(PLAIN.margins)
    for side in margins:
        value = layout.get_attribute_string(f"fo:margin-{side}") if layout is not None else None
        found = _LENGTH.fullmatch(value or "")
        if found:
            margins[side] = min(max(float(found.group(1)) * _MM[found.group(2)], 5.0), 60.0)
    margins["top"] = max(margins["top"], 18.0)
    return margins


def _frame(document: Document, which: str) -> tuple[str, ...]:
    """Lines at the head or foot of every page; page numbers are drawn by themselves."""
    found = document.styles.get_elements(f"//style:master-page[1]/style:{which}//text:p")
    lines = tuple(filling.words_of(one) for one in found if not one.xpath("descendant::text:page-number"))
    needed = which == "header" and not any(PRINTED in line for line in _everywhere(document))
    return (*lines, f"{{{{{SECRECY}}}}}｜{{{{{PRINTED}}}}}") if needed else lines


def _everywhere(document: Document) -> list[str]:
    return [filling.words_of(one) for one in document.styles.get_elements("//style:master-page//text:p")]
