"""Vocabularies of the room and what follows what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubmissionState(models.TextChoices):
    """How far a submission is."""

    AWAITED = "awaited", _("待提報")
    SENT = "sent", _("已送出")
    SENT_BACK = "sent_back", _("退回補正")
    COMPLETE = "complete", _("齊備，審查中")
    PROPOSED = "proposed", _("審查意見待核")
    DECIDED = "decided", _("已審定")
    LETTERED = "lettered", _("已發核定函")


TRANSITIONS = {
    SubmissionState.AWAITED: {SubmissionState.SENT},
    SubmissionState.SENT: {SubmissionState.SENT_BACK, SubmissionState.COMPLETE},
    SubmissionState.SENT_BACK: {SubmissionState.SENT},
    SubmissionState.COMPLETE: {SubmissionState.PROPOSED},
    SubmissionState.PROPOSED: {SubmissionState.COMPLETE, SubmissionState.DECIDED},
    SubmissionState.DECIDED: {SubmissionState.LETTERED},
}
OWED = frozenset({SubmissionState.AWAITED, SubmissionState.SENT_BACK})
"""States in which the county has to send, and may still write."""


class How(models.TextChoices):
    """How a submission came in."""

    SYSTEM = "system", _("系統內送出")
    LETTER = "letter", _("公文，代登")
    PHONE = "phone", _("電話，代登")


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("等答覆")
    GRANTED = "granted", _("同意")
    REFUSED = "refused", _("不同意")


class Outcome(models.TextChoices):
    """What a review came to."""

    APPROVED = "approved", _("核定")
    PARTLY = "partly", _("部分核定")
    REFUSED = "refused", _("不予核定")


class ReviewState(models.TextChoices):
    PROPOSED = "proposed", _("待核")
    DECIDED = "decided", _("已核")
    RETURNED = "returned", _("退回重擬")


class What(models.TextChoices):
    """What an item of a submission asks for."""

    MONEY = "money", _("經費")
    POST = "post", _("員額")
