"""Errors as pages: what happened, what to do next, whom to ask. None of them asks the database anything."""

import logging
import sys
from secrets import token_hex
from typing import NamedTuple

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .kept import kept

_log = logging.getLogger("anwang.web")
Words = str | Promise
_DISK_FULL = "53100"
"""PostgreSQL's word for it."""


class Trouble(NamedTuple):
    """A page of trouble: its title as a sentence, and what to do."""

    title: Words
    next: Words


TROUBLES = {
    400: Trouble(_("送來的內容讀不懂。"), _("沒有存下任何東西。請回上一頁再送一次。")),
    403: Trouble(_("這件事現在不能由你做。"), _("需要時請洽你的督導；正在發生的危險不必等，先處理再補記。")),
    404: Trouble(_("找不到這一頁。"), _("可能是網址打錯，或不在你承辦的範圍。請從選單或搜尋重新進入。")),
    405: Trouble(_("這一頁要從按鈕進去。"), _("沒有存下任何東西。請回上一頁，再按一次按鈕。")),
    409: Trouble(_("有人比你先一步。"), _("你的這次沒有存。請重新整理，看過最新的內容再決定。")),
    422: Trouble(_("有一個地方要改。"), _("還沒有存。回上一頁，填好的都還在。")),
    401: Trouble(_("你已經登出，這次還沒有存。"), _("先在新分頁登入，再回這一頁按「再送一次」。")),
    413: Trouble(_("一次送來的內容太大。"), _("沒有存下任何東西。請把文字或檔案分成幾次送。")),
    500: Trouble(_("系統出了問題，沒有存下這一次。"), _("請稍後再試。急事先打電話，並把錯誤編號告訴系統管理人員。")),
    503: Trouble(_("資料庫暫時連不上。"), _("請過1分鐘再試。急事先打電話、用紙本記下時間，之後再補登。")),
}
NO_ROOM = Trouble(
    _("系統的磁碟滿了，這一次沒有存下。"),
    _("急事先打電話、用紙本記下時間，之後再補登。請告訴系統管理人員清出空間。"),
)
NOT_SHOWN = Trouble(_("系統出了問題，這一頁打不開。"), TROUBLES[500].next)
"""Nothing was being saved: the page itself could not be made."""
UNDRAWN = _("系統出了問題，這一頁畫不出來。請稍後再試。")
AWAY = _("離開太久，已經幫你登出。沒有存的內容請重新填。")


def page(
    request: HttpRequest, status: int, reason: Words = "", help_: Words = "", error_id: str = "", *,
    again: bool = False, trouble: Trouble | None = None,
) -> HttpResponse:  # fmt: skip
    """The page for this status; an htmx request gets only the notice, shown in the status region.

    What was written is given back on it; `again` lets it be sent once more.
    """
    is_part = request.headers.get("HX-Request") == "true"
    template = "shell/trouble_notice.html" if is_part else "shell/trouble.html"
    if status == 500 and request.method in ("GET", "HEAD"):
        trouble = NOT_SHOWN
    context = {
        "trouble": trouble or TROUBLES[status], "reason": reason, "help": help_, "error_id": error_id, "status": status,
        "kept": kept(request, again=again), "logs_in": status == 401, "back": _page_it_came_from(request),
    }  # fmt: skip
    return render(request, template, context, status=status)


def _page_it_came_from(request: HttpRequest) -> str:
    """The page of this site on which the button was pressed, to be seen anew; empty when the browser did not say."""
    came = request.headers.get("Referer", "")
    start = f"{request.scheme}://{request.get_host()}/"
    return came if request.method == "POST" and came.startswith(start) else ""


def away(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database does not answer, or has no room left. Drawn without the session, which lies there too."""
    vars(request).pop("_messages", None)  # they stay in the session, for the next page
    is_full = getattr(error.__cause__, "sqlstate", None) == _DISK_FULL
    return no_room(request) if is_full else page(request, 503)


def no_room(request: HttpRequest) -> HttpResponse:
    """Nothing more fits on the server's disk, its database's or the one large uploads pass through."""
    return page(request, 503, trouble=NO_ROOM, again=True)


def logged_out(request: HttpRequest) -> HttpResponse:
    """Something was sent after the session had ended: log in beside, and send it again."""
    return page(request, 401, again=True)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 400: malformed or in another encoding; of 413: too big."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return page(request, 413)
    sentence = exception.args[0] if exception and exception.args and isinstance(exception.args[0], Promise) else ""
    return page(request, 400, sentence)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 404: alike for what is not there and for what this person may not know of."""
    return page(request, 404)


def not_this_way(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A page that only takes what a form sends, asked for by its address: words instead of an empty answer."""
    shown = page(request, 405)
    shown.headers["Allow"] = answer.headers["Allow"]
    return shown


def failed(request: HttpRequest) -> HttpResponse:
    """Handler of 500. The log has the same error id, the kind of error, and nothing personal.

    A database that goes away below the view (sessions, throttles) is told as it is above.
    """
    error_id = token_hex(4)
    kind, error, _trace = sys.exc_info()
    _log.error("error %s: %s", error_id, kind.__name__ if kind else "unknown")
    try:
        if isinstance(error, OperationalError | InterfaceError):
            return away(request, error)
        return page(request, 500, error_id=error_id)
    except Exception:  # the page's own drawing broke: still a sentence, never a stack
        return HttpResponse(f"{UNDRAWN} {error_id}", status=500, content_type="text/plain; charset=utf-8")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was old, or cookies are off."""
    said = _("這一頁放太久了，或瀏覽器不收cookie。")
    is_kept = kept(request, again=True).may_send_again
    help_ = _("內容都在下面，看過再按「再送一次」。") if is_kept else _("請重新整理這一頁再送一次。")
    return page(request, 403, said, help_, again=True)
