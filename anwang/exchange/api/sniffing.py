"""What a file is by its own bytes, and whether something in it would act when it is opened. Nothing is rendered."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .problems import Problem, Wrong, invalid

PDF, JPEG, PNG, TIFF = "application/pdf", "image/jpeg", "image/png", "image/tiff"
TAKES = (PDF, JPEG, PNG, TIFF)
_BEGINS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"II*\0", TIFF), (b"MM\0*", TIFF))
_ENDS = {PDF: b"%%EOF", JPEG: b"\xff\xd9", PNG: b"IEND\xaeB`\x82"}
"""What a whole file holds near its end; cameras write small things behind it, so no further back is asked for."""
_PAGE = re.compile(rb"<script|<!doctype|<html[\s>]", re.IGNORECASE)
"""In a picture this is a web page that pretends to be one."""
_ACTS = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|XFA)(?=[\s/<>\[\]()%0-9]|$)"
)
"""Names in a PDF that run, fetch, send or hide something."""
_LOCKED = re.compile(rb"/Encrypt(?=[\s/<>\[\]()%0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n?|\n)")
_MOST = 32 * 1024 * 1024
"""Bytes that the packed objects of one PDF may unpack to, all together."""


def kind_of(body: bytes) -> str:
    """The media type of a whole, passive file. Raises Problem (invalid) with a sentence for anything else."""
    kind = next((kind for begin, kind in _BEGINS if body.startswith(begin)), "")
    if not kind:
        raise _no(_("只收PDF、JPEG、PNG、TIFF。請轉檔再送。"))
    if _ENDS.get(kind, b"") not in body:
        raise _no(_("檔案不完整。請確認整個檔案都送出再送。"))
    if kind != PDF and _PAGE.search(body):
        raise _no(_("圖檔裡夾了網頁。請另存成單純的圖檔再送。"))
    if kind == PDF:
        _passive(body)
    return kind


def _passive(body: bytes) -> None:
    left = _MOST
    for part in (body, *_packed(body)):
        left -= len(part) if part is not body else 0
        if left < 0:
            raise _no(_("PDF展開後太大。請另存成圖片再送。"))
        plain = _unescaped(part)
        if _LOCKED.search(plain):
            raise _no(_("PDF上了鎖，看不到裡面。請解除密碼再送。"))
        if _ACTS.search(plain):
            raise _no(_("PDF裡有程式、表單或夾檔。請另存成單純的PDF再送。"))


def _packed(body: bytes) -> Iterator[bytes]:
    """The objects that a PDF packs into streams, unpacked one by one; a stream of pictures or text is left alone."""
    looked = 0
    for found in _STREAM.finditer(body):
        before, looked = _unescaped(body[looked : found.start()]), found.end()
        before = before[before.rfind(b"obj") + 1 :]
        if b"/ObjStm" not in before or b"/Filter" not in before:
            continue  # what is not packed was looked at with the rest
        unpack = zlib.decompressobj()
        try:
            yield unpack.decompress(body[found.end() :], _MOST + 1)
        except zlib.error:
            raise _no(_("PDF的內容讀不出來。請重新另存再送。")) from None


def _unescaped(part: bytes) -> bytes:
    """Names as they are meant: /J#61vaScript is /JavaScript."""
    return _ESCAPED.sub(lambda sign: bytes([int(sign[1], 16)]), part) if b"#" in part else part


def _no(words: str) -> Problem:
    return invalid([Wrong("", words)])
