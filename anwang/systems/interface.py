"""What the interface promises in words: kinds of problem with what to do next, and the words for how a report fares.

Pages and the interface itself read the same table, so that what is described is what is answered.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its name in addresses (`/api/#problem-<name>`), HTTP status, title, what to do next."""

    name: str
    status: int
    title: str | Promise
    advice: str | Promise


PROBLEMS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("bad-request", 400, _("請求看不懂"), _("請照說明檢查網址與標頭，再送一次。")),
        Kind("bad-json", 400, _("內容不是好的JSON"), _("請送UTF-8的JSON，欄位名不重複，再送一次。")),
        Kind("key-missing", 400, _("沒有編號"), _("請在標頭加Idempotency-Key，或在內容加number。")),
        Kind("no-token", 401, _("沒有憑證"), _("請在Authorization標頭放Bearer憑證。")),
        Kind("token-unknown", 401, _("憑證不對"), _("請確認憑證全文；弄丟了請縣市重發。")),
        Kind("token-expired", 401, _("憑證到期了"), _("請向縣市的系統管理員換發憑證。")),
        Kind("token-revoked", 401, _("憑證撤銷了"), _("請向縣市的系統管理員問原因並換發。")),
        Kind("unsigned", 401, _("簽章不對"), _("請用端點的密鑰，對時間與內容簽章再送。")),
        Kind("stale", 401, _("簽章的時間差太多"), _("請校正時鐘，用現在的時間重簽再送。")),
        Kind("scope-missing", 403, _("憑證不含這項權限"), _("請換發有這項權限的憑證。")),
        Kind("refused", 403, _("不能這樣做"), _("請看說明，或洽縣市的系統管理員。")),
        Kind("not-found", 404, _("找不到"), _("請確認編號；只查得到自己送的。")),
        Kind("wrong-method", 405, _("這個網址不收這種方法"), _("請用Allow標頭列的方法。")),
        Kind("not-acceptable", 406, _("給不出你要的格式"), _("請把Accept改成application/json。")),
        Kind("conflict", 409, _("同一編號，內容不同"), _("請換一個編號，或以補充資料送來。")),
        Kind("length-required", 411, _("沒有內容長度"), _("請加Content-Length再送。")),
        Kind("too-large", 413, _("內容太大"), _("請分成幾件送，附件另外送。")),
        Kind("wrong-type", 415, _("不收這種格式"), _("請送說明列的Content-Type，不要壓縮。")),
        Kind("invalid", 422, _("內容收不下"), _("請照errors列的欄位改好再送，這件還沒收。")),
        Kind("too-many", 429, _("送得太快"), _("請等Retry-After寫的秒數再送。")),
        Kind("broken", 500, _("我們這邊出錯"), _("這件還沒收，請稍後用同一編號再送。")),
        Kind("away", 503, _("現在收不了"), _("這件還沒收，請稍後用同一編號再送。")),
    )
}

PROGRESS = {
    "received": _("已受理"), "being_handled": pgettext_lazy("progress", "處理中"), "handled": _("已處理"),
}  # fmt: skip
"""How a report fares, in words that tell nobody whether a case was opened, or where."""

EXAMPLE = """{
  "number": "R-2026-0001",
  "received_at": "2026-05-20T08:30:00+08:00",
  "narrative": "孩子手臂有瘀青，說是爸爸打的。",
  "kinds": ["child_protection"],
  "unit": "16",
  "mandated": "yes",
  "reporter": {"name": "某護理師", "phone": "0900-000-888", "category": "medical"},
  "persons": [{"role": "child", "name": "某生", "birth": "2019-02-03"}]
}"""
"""A report as another system writes it; the people are nobody."""
