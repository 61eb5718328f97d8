"""The words of a file, line by line: text, Markdown, PDF, ODT, DOCX. Opened with suspicion."""

from __future__ import annotations

import io
import logging

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from anwang.foundation.errors import BadInput

from .written import docx_lines, odt_lines, part_of

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
MOST_PAGES = 500
MOST_SIGNS = 2_000_000
_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
_ENCODINGS = ("utf-8-sig", "cp950", "utf-16")


def words_of(body: bytes) -> str:
    """The text of a file. Raises BadInput with a sentence for whatever holds none."""
    if len(body) > LARGEST:
        raise BadInput(_("檔案超過20MB。請只匯入紀錄本文。"), field="file")
    if body[:1024].find(_PDF) >= 0:
        text = _pdf(body)
    elif body.startswith(_ZIP):
        text = _office(body)
    else:
        text = _text(body)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "")
    if not text.strip():
        raise BadInput(_("檔案裡沒有文字。請確認內容。"), field="file")
    if len(text) > MOST_SIGNS:
        raise BadInput(_("檔案太長，不像一次會議的紀錄。請分開匯入。"), field="file")
    return text


def _text(body: bytes) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadInput(_("認不出檔案的文字編碼。請另存為UTF-8再匯入。"), field="file")


def _pdf(body: bytes) -> str:
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadInput(_("這個PDF有密碼。請先解開再匯入。"), field="file")
        if len(reader.pages) > MOST_PAGES:
            raise BadInput(_("檔案太長，不像一次會議的紀錄。請分開匯入。"), field="file")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        raise BadInput(_("這個PDF打不開，可能已損壞。請重新下載再匯入。"), field="file") from None
    if not text.strip():
        raise BadInput(_("這個PDF是掃描影像，沒有文字。請向發文單位要文字檔。"), field="file")
    return text


def _office(body: bytes) -> str:
    try:
        if content := part_of(body, "content.xml"):
            return "\n".join(odt_lines(content, part_of(body, "styles.xml")))
        if content := part_of(body, "word/document.xml"):
            return "\n".join(docx_lines(content, part_of(body, "word/numbering.xml")))
    except RecursionError:
        raise BadInput(_("文件打不開，可能加了密碼或已損壞。請重新下載再匯入。"), field="file") from None
    raise BadInput(_("這不是ODT或DOCX文件。請匯入會議紀錄的原檔。"), field="file")
