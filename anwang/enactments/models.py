"""County values and approved rule changes: a dated layer over the files of `policy/`, and every version ever used."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7


class Enactment(models.Model):
    """A change of a rule from a day on, in the same envelope as the files. Without a county it is the nation's.

    A row is never changed: another change of the same rule is another row with a later day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    rule_id = models.CharField(max_length=80)
    county = models.CharField(max_length=5, blank=True)
    body = models.JSONField()
    """The envelope: `{versions: [{from, cite|assumption, …}]}`, and the `sources` it brings along."""
    proposed_by = models.UUIDField()
    approved_by = models.UUIDField()
    second_by = models.UUIDField(null=True)
    """The second who approved. Empty for what was enacted before two were asked for."""
    draft_id = models.UUIDField(null=True)
    enacted_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "rule_id", "county", "body", "proposed_by", "approved_by", "second_by", "draft_id", "enacted_at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="enactment_needs_two_people"),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("proposed_by")) & ~Q(second_by=F("approved_by")),
                name="enactment_is_approved_by_two_others",
            ),
            models.UniqueConstraint(
                fields=["draft_id"], condition=Q(draft_id__isnull=False), name="draft_enacted_once"
            ),
        ]


class PolicyVersion(models.Model):
    """The body of a rule version that was ever in the book, by hash, so that a replay does not depend on files."""

    hash = models.CharField(primary_key=True, max_length=64)
    rule_id = models.CharField(max_length=80)
    body = models.JSONField()
    first_used_at = models.DateTimeField()

    class Privacy:
        plain = ("hash", "rule_id", "body", "first_used_at")
