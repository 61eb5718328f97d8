"""What is owed in steering, and how far each record has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Owed(models.TextChoices):
    """What a matter of this room is about; the fact `owed` of its events."""

    ANSWER = "answer", _("答覆")
    PROMISE = "promise", _("答應的事")
    MEASURE = "measure", _("補漏措施")
    PLAN = "plan", _("精進計畫")
    EFFECT = "effect", _("精進成效")
    SELF_SCORE = "self_score", _("考核自評")


class TaskState(models.TextChoices):
    OPEN = "open", _("辦理中")
    DONE = "done", _("完成")
    DROPPED = "dropped", _("不再辦理")


class QuestionState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SENT = "sent", _("等答覆")
    ANSWERED = "answered", _("都答覆了")
    CLOSED = "closed", _("結束")


class LoopholeState(models.TextChoices):
    OPEN = "open", _("還沒補上")
    CLOSED = "closed", _("已補上")


class PlanState(models.TextChoices):
    ASKED = "asked", _("等縣市提計畫")
    HANDED_IN = "handed_in", _("等中央看")
    AGREED = "agreed", _("執行中")
    ENDED = "ended", _("結束")


PLAN_TRANSITIONS = {
    PlanState.ASKED: {PlanState.HANDED_IN},
    PlanState.HANDED_IN: {PlanState.ASKED, PlanState.AGREED},
    PlanState.AGREED: {PlanState.ENDED},
}


class AssessmentState(models.TextChoices):
    CALLED = "called", _("等自評")
    SELF_SCORED = "self_scored", _("等中央評")
    REVIEWED = "reviewed", _("評完")


class When(models.TextChoices):
    """What a drawn figure shows beside a practice, a plan, a measure or an item."""

    BEFORE = "before", _("之前")
    AFTER = "after", _("之後")
    EVIDENCE = "evidence", _("佐證")
