"""Reading what a stranger sends: bounded, UTF-8, one value for one name, numbers that are numbers, not too deep."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any  # JSON

from django.http import HttpRequest
from django.utils.translation import gettext as _

from .problems import Problem

DEEPEST = 24
MOST_DIGITS = 40


@dataclass(frozen=True)
class Body:
    """What came, byte for byte, and the JSON value in it, read before anything is held in the database."""

    written: bytes = b""
    found: Any = None
    problem: Problem | None = None

    def json(self) -> Any:
        """The value. Raises Problem where there is none: only once it is known who asks."""
        if self.problem is not None:
            raise self.problem
        return self.found


def read(written: bytes) -> Body:
    """A body that should be JSON."""
    try:
        return Body(written, parse(written))
    except Problem as problem:
        return Body(written, problem=problem)


def take(request: HttpRequest, largest: int) -> bytes:
    """The body, when it says its length, is not too large, not compressed and comes whole."""
    if request.META.get("HTTP_CONTENT_ENCODING", "identity").strip().lower() not in ("", "identity"):
        raise Problem("wrong-type", headers={"Accept-Encoding": "identity"})
    if refused := request.META.get("HTTP_X_BODY_REFUSED"):
        # The server did not even take it: larger than anything here, or its disk is full (ADR 0071).
        raise Problem("away" if refused == "503" else "too-large", headers={"Connection": "close"})
    written = request.META.get("CONTENT_LENGTH") or ""
    if not written.isascii() or not written.isdigit():
        raise Problem("length-required")
    if len(written) > 12 or int(written) > largest:
        words = _("最多%(n)dKB。請分成幾件送，附件另外送。") % {"n": largest // 1024}
        raise Problem("too-large", words, headers={"Connection": "close"})
    try:
        body = request.read(int(written))
    except OSError:
        raise Problem("bad-request", _("內容沒有傳完。請再送一次。")) from None
    if len(body) != int(written):
        raise Problem("bad-request", _("內容沒有傳完。請再送一次。"))
    return body


def parse(body: bytes) -> Any:
    """The JSON value of a body. Raises Problem with a sentence for whatever two programs might read differently."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem("bad-json", _("內容不是UTF-8編碼。請轉成UTF-8再送。")) from None
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_whole, parse_float=_number
        )
    except Problem:
        raise
    except (ValueError, RecursionError):
        raise Problem("bad-json", _("內容不是完整的JSON。請確認沒有截斷。")) from None
    _walk(value, escaped=b"\\u" in body)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _value in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Problem("bad-json", _("欄位%(name)s寫了兩次。請留一個再送。") % {"name": printable(twice)})
    return found


def _constant(written: str) -> Any:
    raise Problem("bad-json", _("JSON沒有%(word)s這種數。請改成數字或不寫。") % {"word": written})


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise Problem("bad-json", _("有一個數字太大。編號請寫成文字。"))
    return int(digits)


def _number(written: str) -> float:
    value = float(written) if len(written) <= MOST_DIGITS else float("inf")
    if value in (float("inf"), float("-inf")):
        raise Problem("bad-json", _("有一個數字太大。編號請寫成文字。"))
    return value


def _walk(value: Any, *, escaped: bool) -> None:
    """Refuse what is nested too deep and, where the body has escapes, halves of characters; without recursion."""
    level, depth = [value], 0
    while level:
        if depth > DEEPEST:
            raise Problem("bad-json", _("內容層數太多。請照說明的結構送。"))
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below += one.values()
                if escaped:
                    below += one
            elif isinstance(one, list):
                below += one
            elif escaped and isinstance(one, str) and not _is_whole(one):
                raise Problem("bad-json", _("有半個字元或NUL。請確認編碼再送。"))
        level, depth = below, depth + 1


def _is_whole(text: str) -> bool:
    """Whether a text can be written down: no half of a surrogate pair, no NUL."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def printable(name: str) -> str:
    """A stranger's word as it may stand in an answer: short, and nothing that cannot be written."""
    return name[:40].encode("utf-8", "replace").decode().replace("\0", "")
