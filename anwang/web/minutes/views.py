"""What one looks at: the desk, one sitting, its printed lines, its files."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.minutes import policies, queries
from anwang.minutes.queries.paper import Kept
from anwang.minutes.states import SittingState

from .tabs import tabs

HERE = "/sittings"


def index(request: HttpRequest) -> HttpResponse:
    """Sittings prepared, drafted, sent."""
    policies.may_steer(request.viewer).enforce()
    found = queries.desk(request.viewer)
    context = {
        "here": HERE, "tabs": tabs("minutes:index"), "title": _title(found),
        "late": [one for one in found if one.is_mine and one.send_by],
        "drafts": [one for one in found if not one.is_out and not (one.is_mine and one.send_by)],
        "sent": [one for one in found if one.is_out],
    }  # fmt: skip
    return render(request, "minutes/index.html", context)


def sitting(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """One sitting as far as it goes, with what may be done."""
    found = one(request, sitting_id)
    context = {
        "here": HERE, "m": found, "can": can(request, found), "title": said(found),
    }  # fmt: skip
    return render(request, "minutes/sitting.html", context)


def text(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Every printed line, and what it was taken for."""
    found = one(request, sitting_id)
    lines = queries.printed_lines(request.viewer, sitting_id)
    return render(request, "minutes/text.html", {"here": HERE, "m": found, "lines": lines})


def file(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """The file as it was brought."""
    policies.may_steer(request.viewer).enforce()
    return download(queries.file_of(request.viewer, sitting_id))


def material(request: HttpRequest, material_id: UUID) -> HttpResponse:
    """A paper of an agenda."""
    policies.may_steer(request.viewer).enforce()
    return download(queries.material(request.viewer, material_id))


def download(kept: Kept) -> HttpResponse:
    """A file for keeping; a browser shows none of it."""
    answer = HttpResponse(kept.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, kept.name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer


def one(request: HttpRequest, sitting_id: UUID) -> queries.SittingPage:
    """The sitting asked for, for whoever steers and may read it."""
    policies.may_steer(request.viewer).enforce()
    return queries.sitting(request.viewer, sitting_id)


def can(request: HttpRequest, found: queries.SittingPage) -> frozenset[str]:
    """What this viewer may do with a sitting now, by codes the page knows."""
    if not policies.may_keep_for(request.viewer, found.unit_id):
        return frozenset()
    if found.state == SittingState.DRAFT:
        return frozenset({"read", "send"} if found.is_imported else {"write", "agenda", "send"})
    known = {SittingState.PLANNED: {"agenda", "plan"}, SittingState.SENT: {"confirm"}}
    return frozenset(known.get(SittingState(found.state), set()))


def said(found: queries.SittingPage) -> str:
    """The page's answer as a sentence."""
    if found.state == SittingState.PLANNED:
        return _("%(when)s開會，議程%(n)d案。") % {"when": found.when, "n": len(found.items)}
    if found.state == SittingState.CALLED_OFF:
        return _("這次會議取消了。")
    if found.state == SittingState.DRAFT and found.open_doubts:
        n = len(found.open_doubts)
        return ngettext("讀完了，有%(n)d處要你確認。", "讀完了，有%(n)d處要你確認。", n) % {"n": n}
    if found.state == SittingState.DRAFT:
        return _("紀錄還是草稿，看過就可以發送。")
    decided = sum(len(item.decisions) for item in found.items)
    return ngettext("紀錄發送了，有%(n)d項決議。", "紀錄發送了，有%(n)d項決議。", decided) % {"n": decided}


def _title(found: tuple[object, ...]) -> str:
    late = sum(1 for line in found if getattr(line, "is_mine", False) and getattr(line, "send_by", ""))
    if late:
        said = ngettext("有%(n)d次會議過了期限還沒發送紀錄。", "有%(n)d次會議過了期限還沒發送紀錄。", late)
        return said % {"n": late}
    waiting = sum(1 for line in found if getattr(line, "is_mine", False) and not getattr(line, "is_out", True))
    if waiting:
        return ngettext("有%(n)d次會議還沒發送紀錄。", "有%(n)d次會議還沒發送紀錄。", waiting) % {"n": waiting}
    return _("紀錄都發送了。") if found else _("還沒有會議紀錄。")
