"""Vocabularies of questions about readings, and their transition table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionState(models.TextChoices):
    """How far a question about a reading has come."""

    OPEN = "open", _("待覆核")
    ASKED = "asked", _("等讀取者說明")
    ANSWERED = "answered", _("已說明，待決定")
    SETTLED = "settled", _("已結案")


TRANSITIONS = {
    QuestionState.OPEN: {QuestionState.ASKED, QuestionState.SETTLED},
    QuestionState.ASKED: {QuestionState.ANSWERED, QuestionState.SETTLED},
    QuestionState.ANSWERED: {QuestionState.ASKED, QuestionState.SETTLED},
}


class QuestionKind(models.TextChoices):
    """What raised it."""

    NIGHT = "night", _("夜間查核")
    BULK = "bulk", _("大量查閱")


class Part(models.TextChoices):
    """Whose words."""

    ASKED = "asked", _("詢問")
    ANSWER = "answer", _("說明")
    OUTCOME = "outcome", _("結果理由")
