"""What is asked: each page, who asks it, and the bytes of the request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from .load import Request
from .users import User

FIELD = ("social_worker",)
FRONT = ("screener",)
DESK = ("duty_worker", "duty_supervisor")
SECRET = "benchbenchbenchbenchbenchbench12"  # noqa: S105  guards nothing here
"""Of the form token: the same in cookie and field, as a browser sends it."""


@dataclass(frozen=True)
class Page:
    """A page: its name in the table, the roles that open it, its addresses for one user, and what is posted there."""

    name: str
    roles: tuple[str, ...]
    paths: Callable[[User], Sequence[str]]
    posts: Callable[[User], Sequence[str]] | None = None
    by: str = ""
    """Who is chosen: those with a shift now, or with most families."""

    def requests(self, user: User) -> list[Request]:
        """The requests of one user, in turn."""
        if self.posts is None:
            return [Request(_bytes(user, "GET", path)) for path in self.paths(user)]
        path = self.paths(user)[0]
        return [Request(_bytes(user, "POST", path, text)) for text in self.posts(user)]


def _bytes(user: User, method: str, path: str, text: str = "") -> bytes:
    body = f"csrfmiddlewaretoken={SECRET}&q={quote(text)}".encode() if method == "POST" else b""
    head = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept: text/html",
        "Accept-Language: zh-TW,zh;q=0.9",
        "Accept-Encoding: gzip",
        f"Cookie: sessionid={user.session}; csrftoken={SECRET}",
    ]
    if body:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


def _search(length: int) -> Callable[[User], Sequence[str]]:
    """One character is a surname, two a given name, three a whole name, of people the user may read."""
    part = {1: slice(0, 1), 2: slice(1, 3), 3: slice(0, 3)}[length]
    return lambda user: [name[part] for name in user.names]


PAGES = (
    Page("worklist", FIELD, lambda user: ["/today"]),
    Page("intake queue", FRONT, lambda user: ["/intake"]),
    Page("report", FRONT, lambda user: [f"/reports/{number}" for number in user.reports]),
    Page("family", FIELD, lambda user: [f"/families/{number}" for number in user.families], by="families"),
    Page("duty desk", DESK, lambda user: ["/duty"], by="shift"),
    Page("search 1", FRONT, lambda user: ["/people/search"], _search(1)),
    Page("search 2", FRONT, lambda user: ["/people/search"], _search(2)),
    Page("search 3", FRONT, lambda user: ["/people/search"], _search(3)),
)
