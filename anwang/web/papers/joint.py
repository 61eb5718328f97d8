"""轉介單 and 會議紀錄 on paper, for whoever has no account: a referral's letter, a meeting's minutes for one side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.conferences.queries import MeetingPage, meeting
from anwang.conferences.queries.meeting import DecisionLine
from anwang.conferences.states import Side
from anwang.documents import actions
from anwang.documents.printing import Part, Sheet
from anwang.foundation import clock, roc
from anwang.foundation.errors import NotFound
from anwang.referrals.queries import ReferralPage
from anwang.web.referrals.sheets import one

from .letters import as_file
from .showing import asks_print, show

CIRCLES = {Side.HERS: Circle.VICTIM, Side.HIS: Circle.OTHER, Side.BRIDGE: Circle.NEUTRAL}


def referral(request: HttpRequest, number: str) -> HttpResponse:
    """The letter of a referral as its receiver gets it."""
    with translation.override("zh-hant"):
        page = one(request, number)
        sheet = referral_sheet(page)
    if form := asks_print(request):
        return as_file(
            actions.print_sheet(
                sheet=sheet, form=form, file_id=page.id, what="referral", by=request.viewer, to=page.to_unit
            )
        )
    return show(
        request, sheet, what="referral", file_id=page.id, number=number, circle=Circle.NEUTRAL,
        template="papers/joint.html", back=f"/referrals/{number}",
    )  # fmt: skip


def minutes(request: HttpRequest, number: str) -> HttpResponse:
    """The minutes of a meeting for `?side=`: items, what was said and decided on that side alone."""
    with translation.override("zh-hant"):
        found = meeting(request.viewer, number)
        asked = request.GET.get("side", Side.HERS)
        side = Side(asked) if asked in Side.values else Side.HERS
        if not found.may_keep:
            raise NotFound(_("查無這場會議的紀錄。請洽會議的紀錄人員。"))
        sheet = minutes_sheet(found, side)
    circle = CIRCLES[side]
    if form := asks_print(request):
        return as_file(
            actions.print_sheet(
                sheet=sheet, form=form, file_id=found.id, what="minutes", by=request.viewer, circle=circle
            )
        )
    return show(
        request, sheet, what="minutes", file_id=found.id, number=number, circle=circle, template="papers/joint.html",
        back=f"/meetings/of/{number}", sides=[(one.value, str(one.label)) for one in Side], side=side.value,
    )  # fmt: skip


def referral_sheet(page: ReferralPage) -> Sheet:
    """What its sender wrote for the receiver; never the sender's own file, nor what only the sender is shown."""
    facts = [("轉介對象", page.about), ("出生", page.born), ("聯繫方式", page.reach), ("議題", page.topic),
             ("急迫", page.urgency), ("同意或依據", page.basis), ("預定日", _day(page))]  # fmt: skip
    said = (page.words,) if page.words else ()
    parts = [Part("轉介內容", rows=tuple(row for row in facts if row[1])), Part("請協助", paragraphs=page.asks),
             Part("說明", paragraphs=said)]  # fmt: skip
    return Sheet(
        title="轉介單", name=f"轉介單-{page.number}", author=page.from_unit or page.holder_unit, secrecy="密",
        envelope=(("受文者", page.to_unit), ("轉介編號", page.number), ("轉介單位", page.from_unit)),
        parts=tuple(part for part in parts if part.rows or part.paragraphs), closing=(f"正本：{page.to_unit}",),
        signatures=("承辦人", "督導"),
    )  # fmt: skip


def _day(page: ReferralPage) -> str:
    return roc.roc_long(page.effective_on) if page.effective_on else ""


def _decided(line: DecisionLine) -> str:
    return f"{line.word}：{line.text}　{line.unit}　{line.due}".rstrip()


def minutes_sheet(found: MeetingPage, side: Side) -> Sheet:
    """Items numbered anew among those of the side; the whole meeting's own words and decisions go to both."""
    parts = [Part("會議", rows=(("時間", found.when), ("主席", found.chair), ("紀錄", found.recorder)))]
    there = tuple(
        (one.who, one.unit, one.attendance or one.answer_words) for one in found.invitations
        if side == Side.BRIDGE or one.side_code in (side.value, Side.BRIDGE.value)
    )  # fmt: skip
    parts.append(Part("出席", table=(("姓名", "單位", "出席"), *there) if there else ()))
    parts.append(Part("報告與討論", paragraphs=tuple(line.text for line in found.minutes)))
    place = 0
    for item in found.items:
        mine = [one for one in item.parts if side == Side.BRIDGE or (side == Side.HIS) == (one.circle == Circle.OTHER)]
        if not mine and not item.title:
            continue
        place += 1
        said = tuple(line.text for one in mine for line in one.minutes)
        done = tuple(_decided(line) for one in mine for line in one.decisions)
        whom = "、".join(one.whom for one in mine if one.whom)
        parts.append(Part(f"第{place}案　{item.title or whom}", paragraphs=(*said, *done)))
    decided = tuple((line.number, line.text, line.unit, line.due) for line in found.decisions)
    parts.append(Part("決議", table=(("編號", "內容", "主辦", "期限"), *decided) if decided else ()))
    return Sheet(
        title=f"{found.title or found.sort}　紀錄", name=f"會議紀錄-{found.number}", author=found.unit, secrecy="密",
        envelope=(("會議編號", found.number), ("給", str(side.label)), ("製表日", roc.roc_long(clock.today()))),
        parts=tuple(part for part in parts if part.rows or part.paragraphs or part.table),
        signatures=("紀錄", "主席"),
    )  # fmt: skip
