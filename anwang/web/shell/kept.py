"""What was sent and could not be taken is given back on the page that says so: nobody writes it twice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

NEVER = frozenset({"csrfmiddlewaretoken", "password", "username", "card"})
_WRITTEN = re.compile(r"(?=.*[^\x00-\x7f])(?s:.{4,})|(?s:.{40,})")
"""Somebody wrote it: a few Han characters, or a long line; no code or identifier."""
_DATE = re.compile(r"[\d\s年月日時分/:：.-]+")
MOST = 200_000
"""Characters given back at most: a choice of this page."""


@dataclass(frozen=True)
class Kept:
    """`fields` are (name, value) as sent; `texts` those that somebody wrote; `path` is where they were sent to."""

    fields: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()
    path: str = ""
    may_send_again: bool = False


def kept(request: HttpRequest, *, again: bool = False) -> Kept:
    """What this request brought. `again` offers to send it again, only where it came from a page of this site."""
    if request.method != "POST":
        return Kept()
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in NEVER]
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, UnreadablePostError, MultiPartParserError):
        return Kept()
    if sum(len(value) for _name, value in sent) > MOST:
        return Kept()
    texts = dict.fromkeys(value for _name, value in sent if _WRITTEN.match(value) and not _DATE.fullmatch(value))
    return Kept(tuple(sent), tuple(texts), request.get_full_path(), again and bool(sent) and _is_ours(request))


def _is_ours(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}"
