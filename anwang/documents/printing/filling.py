"""A template as ODT: its paragraphs, and the sheet's words put where its fields stand."""

from __future__ import annotations

import io
from collections.abc import Iterator

from odfdo import Cell, Document, Element, Header, Paragraph, Row, Table

from .fields import BLOCKS, CLOSING, ENVELOPE, FIELD, OFFICE, PARTS, PRINTED, SECRECY, SIGNATURES, TITLE
from .sheet import Part, PrintedBy, Sheet

NUMERALS = "一二三四五六七八九十"
_WHERE = "//text:p | //text:h"


def paragraphs(document: Document) -> Iterator[Element]:
    """Every paragraph of the body and of the frames of its pages."""
    yield from document.body.xpath("descendant::text:p | descendant::text:h")
    yield from document.styles.get_elements("//style:master-page//text:p")


def words_of(paragraph: Element) -> str:
    return "".join(str(piece) for piece in paragraph.xpath("descendant::text()"))


def inline(sheet: Sheet, by: PrintedBy) -> dict[tuple[str, str], str]:
    """What stands in a sentence for (field, more)."""
    said = {(TITLE, ""): sheet.title, (SECRECY, ""): sheet.secrecy, (OFFICE, ""): sheet.author, (PRINTED, ""): by.line}
    return said | {(ENVELOPE, label): value for label, value in sheet.envelope}


def put(text: str, said: dict[tuple[str, str], str]) -> str:
    """A sentence with its fields filled once; what the sheet does not have is empty, never another field."""
    return FIELD.sub(lambda found: said.get((found.group(1), found.group(2) or ""), ""), text)


def placed(template: Document) -> frozenset[str]:
    """Headings of parts that the template places by themselves."""
    found = [match for one in paragraphs(template) for match in FIELD.findall(words_of(one))]
    return frozenset(more for name, more in found if name == PARTS and more)


def fill(body: bytes, sheet: Sheet, by: PrintedBy) -> Document:
    """The template with the sheet in it, as a document of its own."""
    document = Document(io.BytesIO(body))
    said, alone = inline(sheet, by), placed(document)
    closing = any(name == CLOSING for one in paragraphs(document) for name, _more in FIELD.findall(words_of(one)))
    for paragraph in list(paragraphs(document)):
        fields = FIELD.findall(words_of(paragraph))
        if not fields:
            continue
        name, more = fields[0]
        if name in BLOCKS and not (name == ENVELOPE and more):
            _instead(paragraph, _block(name, more, sheet, alone, with_closing=not closing))
        else:
            _write_over(paragraph, said)
    return document


def _write_over(paragraph: Element, said: dict[tuple[str, str], str]) -> None:
    for piece in paragraph.xpath("descendant::text()"):
        parent, text = piece.parent, str(piece)
        if FIELD.search(text) and parent is not None:
            if piece.is_text():
                parent.text = put(text, said)
            else:
                parent.tail = put(text, said)


def _instead(paragraph: Element, blocks: list[Element]) -> None:
    parent = paragraph.parent
    if parent is None:
        return
    at = parent.index(paragraph)
    for step, block in enumerate(blocks):
        parent.insert(block, position=at + step)
    parent.delete(paragraph, keep_tail=False)


def _block(name: str, more: str, sheet: Sheet, alone: frozenset[str], *, with_closing: bool) -> list[Element]:
    if name == ENVELOPE:
        return [Paragraph(f"{label}：{value}", style="安網信頭") for label, value in sheet.envelope]
    if name == CLOSING:
        return [Paragraph(line, style="安網內文") for line in sheet.closing]
    if name == SIGNATURES:
        return [Paragraph(f"{who}：", style="安網內文") for who in sheet.signatures]
    wanted = [part for part in sheet.parts if (part.heading == more if more else part.heading not in alone)]
    blocks = [block for number, part in enumerate(wanted) for block in part_blocks(part, number)]
    if not more and with_closing:
        blocks += [Paragraph(line, style="安網內文") for line in sheet.closing]
    return blocks


def headed(level: int, words: str, style: str) -> Element:
    """A heading in a named style: the maker of headings leaves it out."""
    made = Header(level, words)
    made.set_attribute("text:style-name", style)
    return made


def part_blocks(part: Part, number: int) -> list[Element]:
    """A part in the named styles: heading, rows, numbered paragraphs, table."""
    blocks: list[Element] = [headed(2, part.heading, "安網段名")] if part.heading else []
    blocks += [Paragraph(f"{label}：{value}", style="安網內文") for label, value in part.rows]
    for count, text in enumerate(part.paragraphs):
        mark = f"{NUMERALS[count]}、" if len(part.paragraphs) > 1 and count < len(NUMERALS) else ""
        blocks += [Paragraph(line, style="安網內文") for line in f"{mark}{text}".split("\n")]
    if part.table:
        table = Table(f"表{part.heading or number + 1}")
        for cells in part.table:
            row = Row()
            for text in cells:
                cell = Cell()
                cell.append(Paragraph(text, style="安網內文"))
                row.append_cell(cell)
            table.append_row(row)
        blocks.append(table)
    return blocks
