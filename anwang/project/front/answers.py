"""Answers to what is no request at all: one sentence in both languages, before any page could be asked."""

from __future__ import annotations

from http import HTTPStatus

_UNREADABLE = (
    "送來的內容讀不懂，沒有存下任何東西。請從瀏覽器重新進入。",
    "This cannot be read; nothing was saved. Open the page again.",
)
SENTENCES = {
    408: ("等了太久還沒送完，沒有存下任何東西。請再送一次。", "It took too long; nothing was saved. Send it again."),
    414: ("網址太長。請從選單重新進入。", "The address is too long. Start from the menu."),
    431: (
        "瀏覽器附帶的資料太多。請清除本站的cookie再試。",
        "The headers are too large. Clear this site's cookies and try again.",
    ),
    500: (
        "系統出了問題，沒有存下這一次。急事先打電話。",
        "Something broke; nothing was saved. Telephone if it is urgent.",
    ),
}


def plain(status: int) -> bytes:
    """A whole answer that ends the connection."""
    words = "\n".join(SENTENCES.get(status, _UNREADABLE)).encode() + b"\n"
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(words)}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode("ascii") + words


class Spoken:
    """Stands in for a socket while gunicorn words its own answer: only the status of it is kept."""

    status = 400

    def gettimeout(self) -> float:
        return 0.0

    def sendall(self, data: bytes) -> None:
        if data.startswith(b"HTTP/1.1 "):
            self.status = int(data[9:12])
