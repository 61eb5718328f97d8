"""A sheet as PDF/UA-1, set by typst: real text, language, tags. A letter without a font is refused, never a box."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from anwang.foundation import clock
from anwang.foundation.errors import AnwangError

from . import fonts
from .design import PLAIN, Design
from .sheet import PrintedBy, Sheet

_TEMPLATE = Path(__file__).parent / "sheet.typ"
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_MISSING = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)


class NoGlyph(AnwangError):
    """No font of this machine has a letter of the sheet. The sentence names it and the way out."""


def write(sheet: Sheet, by: PrintedBy, design: Design = PLAIN) -> bytes:
    """Our own fonts only; where they lack a letter, once more with the system's. Raises NoGlyph."""
    given = json.dumps(_content(sheet, by, design), ensure_ascii=False)
    first = "" if fonts.folders() else "?"
    if not first:
        body, first = _compile(given, with_system=False)
        if body:
            return body
    body, missing = _compile(given, with_system=True)
    if body:
        return body
    shown = _CODE.sub(lambda code: f"U+{code.group(1).upper()}", missing or first).replace("?", "") or _("中文")
    raise NoGlyph(
        _("「%(what)s」這台機器沒有字型，不能做成PDF。請改用ODT，或請管理人員安裝全字庫字型。") % {"what": shown}
    )


def _compile(given: str, *, with_system: bool) -> tuple[bytes, str]:
    """The file, or empty bytes and what could not be shown."""
    try:
        body = _compiler(with_system).compile(
            format="pdf", sys_inputs={"sheet": given}, pdf_standards=["ua-1"], timestamp=_timestamp()
        )
    except typst.TypstError as error:
        found = _MISSING.search(str(error))
        if found is None:
            raise
        return b"", found.group(1)
    return bytes(body), ""


@lru_cache(maxsize=2)
def _compiler(with_system: bool) -> typst.Compiler:
    """Reading the fonts takes the time; a compiler keeps them."""
    return typst.Compiler(str(_TEMPLATE), font_paths=list(fonts.folders()), ignore_system_fonts=not with_system)


def _timestamp() -> int:
    return int(datetime.timestamp(clock.now().astimezone(UTC)))


def picture(sheet: Sheet, by: PrintedBy, design: Design) -> bytes:
    """The first page as PNG, for looking at a template before it is used."""
    given = json.dumps(_content(sheet, by, design), ensure_ascii=False)
    made = _compiler(True).compile(format="png", ppi=80, sys_inputs={"sheet": given}, timestamp=_timestamp())
    return bytes(made[0] if isinstance(made, list) else made)


def _content(sheet: Sheet, by: PrintedBy, design: Design) -> dict[str, object]:
    return {
        "title": sheet.title,
        "author": sheet.author,
        **design.content(sheet, by),
        "serif": [fonts.SERIF, *fonts.SYSTEM],
        "sans": [fonts.SANS, *fonts.SYSTEM],
    }
