"""What arrives broken is refused before anything reads it: other encodings, NUL in an address, cut-off bytes."""

import errno
import re
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

NOT_UTF8 = _("送來的字不是UTF-8，可能會存成亂碼，所以先不收。請換一個瀏覽器，或用本系統的表單重送。")
STRANGE_ADDRESS = _("這個網址裡有不能用的字元。請從選單重新進入。")
_NO_ADDRESS = re.compile(r"[\x00\ufffd]")
_FORM = "application/x-www-form-urlencoded"


def check(request: HttpRequest) -> None:
    """Raise BadRequest with a sentence; for a body the server did not take (ADR 0071), why it did not.

    That is RequestDataTooBig, or OSError for a full disk. Other oversized bodies are refused by Django as it reads.
    """
    refused = request.headers.get("X-Body-Refused")
    if refused == "503":
        raise OSError(errno.ENOSPC, "no room for the body")
    if refused:
        raise RequestDataTooBig
    if _NO_ADDRESS.search(request.path) or not _is_utf8(request.META.get("QUERY_STRING", "")):
        raise BadRequest(STRANGE_ADDRESS)
    if "%00" in request.META.get("QUERY_STRING", ""):
        raise BadRequest(STRANGE_ADDRESS)
    if request.method != "POST":
        return
    if request.content_type == _FORM:
        # The body is read as text once more only to see what Django replaces in silence.
        if not _is_utf8(request.body.replace(b"+", b" ")):
            raise BadRequest(NOT_UTF8)
    elif request.content_type == "multipart/form-data":
        values = (value for _name, values in request.POST.lists() for value in values)
        if any("\ufffd" in value for value in values):
            raise BadRequest(NOT_UTF8)


def _is_utf8(quoted: str | bytes) -> bool:
    try:
        unquote_to_bytes(quoted).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
