"""The acknowledgement (回條) for the sender: counts, hash, which rows went back and why. No child by name."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.documents.actions.printing import printed_by
from anwang.documents.printing import ODT, PDF, Part, Printed, Sheet, printed
from anwang.foundation.errors import BadInput
from anwang.rosters import policies
from anwang.rosters.queries import FilePage, file_page, words

TEXT = "txt"
_MOST = 500


@transaction.atomic
def print_slip(*, number: str, form: str, by: Viewer) -> Printed:
    """As ODT, PDF or text. Only serial numbers and columns stand on it: it goes out by ordinary post or mail."""
    policies.may_see_rosters(by).enforce()
    if form not in (ODT, PDF, TEXT):
        raise BadInput(_("請選ODT、PDF或純文字。"), field="form")
    with translation.override("zh-hant"):
        page = file_page(by, number, show="rejected")
        sheet = _sheet(page, by)
        file = _as_text(sheet) if form == TEXT else printed(sheet, form, printed_by(by))
    record("roster.slip", by=by, file=page.id, form=form)
    return file


def _sheet(page: FilePage, by: Viewer) -> Sheet:
    counts = (
        ("應到（貴機關所報）", f"{page.declared}筆"),
        ("實到", f"{page.received}筆"),
        ("收下", f"{page.accepted}筆"),
        ("退件", f"{page.rejected}筆"),
        ("已補正", f"{page.mended}筆"),
        ("撤回", f"{page.withdrawn}筆"),
    )
    parts = [Part("收到什麼", rows=(
        ("名冊", f"{page.kind_words}　{page.period}".strip()), ("收到時間", words.instant(page.received_at)),
        ("檔案雜湊SHA-256", page.sha256), *counts,
    ))]  # fmt: skip
    if page.missing or page.missing_words or not page.is_same:
        came = f"應到{page.declared}筆，實到{page.received}筆{page.missing_words}"
        said = [f"筆數不符：{came}。請查明後補送。"] if page.missing or page.missing_words else []
        said += [] if page.is_same else [f"雜湊不符：貴機關所報為{page.declared_sha256}。請查明後重送。"]
        parts.append(Part("請查明", paragraphs=tuple(said)))
    if page.rows:
        table = [("筆", "序號", "退件原因")]
        table += [(str(row.line), row.serial, "；".join(row.reasons)) for row in page.rows[:_MOST]]
        parts.append(Part("退件，請補正後重送", table=tuple(table)))
    return Sheet(
        title="名冊收件回條", name=f"名冊回條-{page.number}", author=by.unit_name, secrecy="普通",
        envelope=(("受文者", page.sender), ("回條編號", page.number), ("收件單位", by.unit_name)), parts=tuple(parts),
        closing=("補送時請註明本回條編號；只送退件或缺漏的那幾筆即可。",),
    )  # fmt: skip


def _as_text(sheet: Sheet) -> Printed:
    lines = [sheet.title, "", *(f"{label}：{value}" for label, value in sheet.envelope)]
    for part in sheet.parts:
        lines += ["", part.heading, *(f"{label}：{value}" for label, value in part.rows), *part.paragraphs]
        lines += ["\t".join(row) for row in part.table]
    lines += ["", *sheet.closing]
    return Printed(f"{sheet.name}.txt", "text/plain; charset=utf-8", ("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))
