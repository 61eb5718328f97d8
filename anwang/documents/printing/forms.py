"""The two forms of a sheet, under a name that says nothing of anybody."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import design, odt, pdf
from .sheet import PrintedBy, Sheet

ODT, PDF = "odt", "pdf"
_MEDIA = {ODT: "application/vnd.oasis.opendocument.text", PDF: "application/pdf"}
_NOT_IN_NAMES = re.compile(r"[^0-9A-Za-z一-鿿-]+")


@dataclass(frozen=True)
class Printed:
    """A finished file."""

    name: str
    media_type: str
    body: bytes


def printed(sheet: Sheet, form: str, by: PrintedBy, template: bytes = b"") -> Printed:
    """The sheet as `odt` or `pdf`, in the look of a template where there is one. Raises NoGlyph (PDF only)."""
    if form == ODT:
        body = odt.write(sheet, by, template)
    else:
        body = pdf.write(sheet, by, design.read(template) if template else design.PLAIN)
    return Printed(f"{_NOT_IN_NAMES.sub('-', sheet.name).strip('-')}.{form}", _MEDIA[form], body)
