"""What is uncertain in minutes, what a person corrected in the reading, what later minutes correct in earlier ones."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.minutes.states import Settled

from .sitting import Sitting
from .text import DecisionText


class Uncertain(models.Model):
    """Something in the paper that a person must look at: where, the words, `why` as a code of `doubts.WORDS`.

    `settled` says how: the paper does say so, the reading was corrected, or the body was asked to correct it. Minutes
    with an open one are not sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField()
    text = models.TextField()
    why = models.CharField(max_length=40)
    settled = models.CharField(max_length=12, choices=Settled.choices, blank=True)
    words = models.CharField(max_length=400, blank=True)
    """What the person who settled it says."""
    at = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "sitting", "position", "line", "text", "why", "settled", "words", "at", "by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "position"], name="one_doubt_at_a_place"),
            models.CheckConstraint(condition=Q(settled__in=Settled.values), name="doubt_settled_known"),
            models.CheckConstraint(
                condition=Q(settled="", at__isnull=True) | ~Q(settled="") & Q(at__isnull=False),
                name="settled_doubt_says_when",
            ),
        ]


class Reading(models.Model):
    """A correction of what the machine read, by a person: which field, before and after. Only grows.

    `target` is the sitting, item or decision; `field` one of the names that `actions.correcting` knows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    target = models.UUIDField()
    field = models.CharField(max_length=20)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Privacy:
        plain = ("id", "sitting", "target", "field", "before", "after", "at", "by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(before=F("after")), name="correction_changes_something")]


class Amendment(models.Model):
    """A correction of earlier minutes (修正前次紀錄), decided at `sitting`: the words that stand there from now on.

    `target` is what is corrected as printed (報告案一決定事項（三）); `earlier` and `decision` where that is, once
    known. The earlier minutes themselves stay as they were sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField()
    target = models.CharField(max_length=400)
    text = models.TextField()
    earlier = models.ForeignKey(Sitting, models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(DecisionText, models.PROTECT, null=True, related_name="+")

    class Privacy:
        plain = ("id", "sitting", "position", "line", "target", "text", "earlier", "decision")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "position"], name="one_amendment_at_a_place"),
            models.CheckConstraint(condition=~Q(earlier=F("sitting")), name="minutes_do_not_amend_themselves"),
            models.CheckConstraint(
                condition=Q(decision__isnull=True) | Q(earlier__isnull=False), name="amended_decision_lies_in_minutes"
            ),
        ]
