"""The line from a sentence of the minutes to what it changed, and the sentence in which a ruling stands."""

from django.db import models
from django.db.models import Q

from anwang.conferences.models import DecisionRuling
from anwang.foundation.uuid7 import uuid7
from anwang.minutes.models import DecisionText
from anwang.tracking.states import KEPT, Changed

from .follow import Track


class Change(models.Model):
    """What a decision changed. `ref` is the id of the rule, instrument or indicator, or the address name of a page.

    `from_on` is the day from which the version that it changed is in force: with the id it names the version. Courses,
    posts and grants are named in `words`. Withdrawn, never deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    track = models.ForeignKey(Track, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Changed.choices)
    ref = models.CharField(max_length=120, blank=True)
    from_on = models.DateField(null=True)
    words = models.CharField(max_length=200)
    """What changed, in a sentence."""
    at = models.DateTimeField()
    by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Privacy:
        plain = ("id", "track", "kind", "ref", "from_on", "words", "at", "by", "withdrawn_at", "withdrawn_because")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Changed.values), name="change_kind_known"),
            models.CheckConstraint(condition=~Q(words=""), name="change_has_words"),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(KEPT)) | ~Q(ref=""), name="change_of_what_is_kept_names_it"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="withdrawn_change_says_why",
            ),
            models.UniqueConstraint(
                fields=["track", "kind", "ref", "from_on"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(ref=""),
                nulls_distinct=False,
                name="changed_once",
            ),
        ]
        indexes = [models.Index(fields=["ref"], condition=Q(withdrawn_at__isnull=True), name="changes_by_what")]


class SaidIn(models.Model):
    """The sentence of later minutes in which a ruling on a tracked decision stands."""

    ruling = models.OneToOneField(DecisionRuling, models.PROTECT, primary_key=True, related_name="+")
    text = models.ForeignKey(DecisionText, models.PROTECT, related_name="+")

    class Privacy:
        plain = ("ruling", "text")
