"""A sheet as ODT with named styles, so that a clerk can restyle it; metadata holds the unit and nothing else."""

from __future__ import annotations

import io

from odfdo import Cell, Document, Element, Header, Paragraph, Row, Style, Table

from anwang.foundation import clock

from .sheet import Part, PrintedBy, Sheet

_NUMERALS = "一二三四五六七八九十"
_STYLES = {
    # name: paragraph properties, text properties
    "安網標題": ({"fo:text-align": "center", "fo:margin-bottom": "0.5cm"}, {"fo:font-size": "18pt"}),
    "安網信頭": ({"fo:margin-bottom": "0.12cm"}, {"fo:font-size": "11.5pt"}),
    "安網段名": ({"fo:margin-top": "0.35cm", "fo:margin-bottom": "0.15cm"}, {"fo:font-size": "12.5pt"}),
    "安網內文": ({"fo:margin-bottom": "0.18cm", "fo:line-height": "150%"}, {"fo:font-size": "11.5pt"}),
    "安網頁首": ({}, {"fo:font-size": "8pt"}),
}
_FONT = "Noto Serif TC, Noto Serif CJK TC, 標楷體, BiauKai, serif"


def write(sheet: Sheet, by: PrintedBy) -> bytes:
    """The ODT as bytes."""
    document = Document("text")
    document.body.clear()
    _styles(document)
    _frame(document, sheet, by)
    _words(document, sheet)
    _meta(document, sheet)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _styles(document: Document) -> None:
    for name, (paragraph, text) in _STYLES.items():
        style = Style("paragraph", name=name, parent_style="Standard")
        if paragraph:
            style.set_properties(area="paragraph", properties=paragraph)
        style.set_properties(
            area="text",
            properties={
                **text,
                **{f"style:font-size-{kind}": text["fo:font-size"] for kind in ("asian", "complex")},
                "fo:font-family": _FONT,
                "style:font-family-asian": _FONT,
                "fo:language": "zh",
                "fo:country": "TW",
                "style:language-asian": "zh",
                "style:country-asian": "TW",
            },
        )
        document.insert_style(style)


def _frame(document: Document, sheet: Sheet, by: PrintedBy) -> None:
    """Header and footer of every page: secrecy, who printed, page x／y."""
    master = document.styles.get_element("//style:master-page")
    header, footer = Element.from_tag("style:header"), Element.from_tag("style:footer")
    header.append(Paragraph(f"{sheet.secrecy}｜{by.line}", style="安網頁首"))
    pages = Paragraph("", style="安網頁首")
    pages.append("第")
    pages.append(Element.from_tag('<text:page-number text:select-page="current">1</text:page-number>'))
    pages.append("頁／共")
    pages.append(Element.from_tag("<text:page-count>1</text:page-count>"))
    pages.append("頁")
    footer.append(pages)
    master.append(header)
    master.append(footer)


def _words(document: Document, sheet: Sheet) -> None:
    body = document.body
    body.append(Header(1, sheet.title, style="安網標題"))
    for label, value in sheet.envelope:
        body.append(Paragraph(f"{label}：{value}", style="安網信頭"))
    for part in sheet.parts:
        _part(document, part)
    for line in sheet.closing:
        body.append(Paragraph(line, style="安網內文"))
    for who in sheet.signatures:
        body.append(Paragraph(f"{who}：", style="安網內文"))


def _part(document: Document, part: Part) -> None:
    body = document.body
    if part.heading:
        body.append(Header(2, part.heading, style="安網段名"))
    for label, value in part.rows:
        body.append(Paragraph(f"{label}：{value}", style="安網內文"))
    for number, text in enumerate(part.paragraphs):
        mark = f"{_NUMERALS[number]}、" if len(part.paragraphs) > 1 and number < len(_NUMERALS) else ""
        for line in f"{mark}{text}".split("\n"):
            body.append(Paragraph(line, style="安網內文"))
    if part.table:
        table = Table(f"表{len(body.get_tables()) + 1}")
        for cells in part.table:
            row = Row()
            for text in cells:
                cell = Cell()
                cell.append(Paragraph(text, style="安網內文"))
                row.append_cell(cell)
            table.append_row(row)
        body.append(table)


def _meta(document: Document, sheet: Sheet) -> None:
    meta = document.meta
    meta.title = sheet.title
    meta.creator = sheet.author
    meta.initial_creator = sheet.author
    meta.language = sheet.lang
    now = clock.local(clock.now()).replace(tzinfo=None, microsecond=0)
    meta.creation_date = now
    meta.date = now
    meta.set_generator("Anwang")
