"""Vocabularies of the front door. Code lists that law or the state fixes are in `policy/codelists`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallOutcome(models.TextChoices):
    """What became of a call. Every call is kept, also those that are nobody's."""

    OPEN = "open", _("還沒決定")
    REPORT = "report", _("成為通報")
    CONSULTATION = "consultation", _("諮詢")
    NOT_OURS = "not_ours", _("非本單位業務")


CALL_TRANSITIONS = {
    CallOutcome.OPEN: {CallOutcome.REPORT, CallOutcome.CONSULTATION, CallOutcome.NOT_OURS},
    CallOutcome.CONSULTATION: {CallOutcome.REPORT},
    CallOutcome.NOT_OURS: {CallOutcome.REPORT},
}


class What(models.TextChoices):
    """What is decided. Each is a decision of its own, per person and kind of case."""

    VALIDITY = "validity", _("通報效力")
    SCREENING = "screening", _("篩派結果")
    GRADE = "grade", _("分級")
    CLASS = "class", _("分類")
    JURISDICTION = "jurisdiction", _("管轄")
    TRACK = "track", _("服務軌道")
    DISPATCH = "dispatch", _("派案")
    NOT_OPEN = "not_open", _("不開案")


JOINED = frozenset({"same_event", "duplicate"})
"""Validity of a report whose event is looked after elsewhere already: the pair needs no decision of its own."""


class Repeat(models.TextChoices):
    """How a report relates to an earlier one. When unsure: a new event."""

    SAME_NOTHING_NEW = "same_nothing_new", _("同一事件、無新事實")
    SAME_NEW_FACTS = "same_new_facts", _("同一事件、有新事實")
    NEW_EVENT = "new_event", _("新事件")
    OTHER_VICTIM = "other_victim", _("同一事件、另有被害人")


class WatchOutcome(models.TextChoices):
    """What the night found about a family that a day unit handed in."""

    QUIET = "quiet", _("沒有來電，一夜平安")
    CALLED = "called", _("已聯繫")
    VISITED = "visited", _("已到場")
    NOT_REACHED = "not_reached", _("聯繫不上")


class NoteKind(models.TextChoices):
    """A line of the shift hand-over sheet."""

    FOLLOW_UP = "follow_up", _("待追蹤")
    WAITING = "waiting", _("等候回覆")
    EQUIPMENT = "equipment", _("車輛與器材")
    OTHER = "other", _("其他")


class ReplyWay(models.TextChoices):
    """How a reply reaches whoever reported."""

    PHONE = "phone", _("電話")
    LETTER = "letter", _("公文")
    SYSTEM = "system", _("介接系統")
