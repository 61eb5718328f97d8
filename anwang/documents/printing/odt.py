"""A sheet as ODT with named styles, so that a clerk can restyle it; metadata holds the unit and nothing else."""

from __future__ import annotations

import io
from functools import lru_cache

from odfdo import Document, Element, Paragraph, Style

from anwang.foundation import clock

from . import filling
from .sheet import PrintedBy, Sheet

_STYLES = {
    # name: paragraph properties, text properties
    "安網標題": ({"fo:text-align": "center", "fo:margin-bottom": "0.5cm"}, {"fo:font-size": "18pt"}),
    "安網信頭": ({"fo:margin-bottom": "0.12cm"}, {"fo:font-size": "11.5pt"}),
    "安網段名": ({"fo:margin-top": "0.35cm", "fo:margin-bottom": "0.15cm"}, {"fo:font-size": "12.5pt"}),
    "安網內文": ({"fo:margin-bottom": "0.18cm", "fo:line-height": "150%"}, {"fo:font-size": "11.5pt"}),
    "安網頁首": ({}, {"fo:font-size": "8pt"}),
}
_FONT = "Noto Serif TC, Noto Serif CJK TC, 標楷體, BiauKai, serif"


_FIELDS = ("{{標題}}", "{{信頭}}", "{{內容}}", "{{結尾}}", "{{簽名}}")


def write(sheet: Sheet, by: PrintedBy, template: bytes = b"") -> bytes:
    """The ODT as bytes: in the look of a template where there is one."""
    document = filling.fill(template or blank(), sheet, by)
    _meta(document, sheet)
    return _saved(document)


@lru_cache(maxsize=1)
def blank() -> bytes:
    """The template that comes with the product: what an office downloads, restyles and brings back."""
    document = Document("text")
    document.body.clear()
    _styles(document)
    _frame(document)
    document.body.append(filling.headed(1, _FIELDS[0], "安網標題"))
    for text in _FIELDS[1:]:
        document.body.append(Paragraph(text, style="安網信頭" if text == "{{信頭}}" else "安網內文"))
    return _saved(document)


def _saved(document: Document) -> bytes:
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


def _frame(document: Document) -> None:
    """Header and footer of every page: secrecy, who printed, page x／y."""
    master = document.styles.get_element("//style:master-page")
    header, footer = Element.from_tag("style:header"), Element.from_tag("style:footer")
    header.append(Paragraph("{{密等}}｜{{列印}}", style="安網頁首"))
    pages = Paragraph("", style="安網頁首")
    pages.append("第")
    pages.append(Element.from_tag('<text:page-number text:select-page="current">1</text:page-number>'))
    pages.append("頁／共")
    pages.append(Element.from_tag("<text:page-count>1</text:page-count>"))
    pages.append("頁")
    footer.append(pages)
    master.append(header)
    master.append(footer)


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
