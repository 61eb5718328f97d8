"""What stands in a printed file, read with what the product itself reads PDF with: no test depends on the machine."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader


def text_of_pdf(body: bytes) -> str:
    """The text of all pages as it stands."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def unbroken(body: bytes) -> str:
    """The same without spaces and line ends, which break words at a full line."""
    return re.sub(r"\s", "", text_of_pdf(body))
