"""What was done and what was read: append-only, without foreign keys, because it outlives what it describes.

No personal text here: codes, identifiers and changed values only, so that erasing a person's content later does not
have to touch the record.
"""

from django.db import models

from anwang.foundation.uuid7 import uuid7


class Act(models.Model):
    """One write: who did which verb to what, effective when, recorded when."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    verb = models.CharField(max_length=60)
    matter_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)
    """The person, paper, unit… the verb was done to, when it is not the matter itself."""
    by_worker_id = models.UUIDField(null=True)
    by_unit_id = models.UUIDField(null=True)
    by_service = models.CharField(max_length=40, blank=True)
    """Filled instead of a worker when a job or an import acted."""
    at = models.DateTimeField()
    """Effective time: when it truly happened."""
    recorded_at = models.DateTimeField()
    details = models.JSONField(default=dict)

    class Privacy:
        plain = ("id", "verb", "by_worker_id", "by_unit_id", "by_service", "at", "recorded_at", "details")
        linked = ("matter_id", "subject_id")

    class Meta:
        indexes = [
            models.Index(fields=["matter_id", "recorded_at"], name="acts_of_matter"),
            models.Index(fields=["by_worker_id", "recorded_at"], name="acts_by_worker"),
        ]


class Reading(models.Model):
    """One reading of somebody's data: who, whose file, which zone, for what purpose, on what ground."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    file_id = models.UUIDField()
    """The matter or person read."""
    zone = models.CharField(max_length=12)
    what = models.CharField(max_length=60)
    """Page, paper or field: a code, never content."""
    purpose = models.CharField(max_length=40)
    because = models.CharField(max_length=80, blank=True)
    """The relation that allowed it: call number, assignment, duty shift."""
    by_worker_id = models.UUIDField()
    by_unit_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Privacy:
        plain = ("id", "zone", "what", "purpose", "because", "by_worker_id", "by_unit_id", "at")
        linked = ("file_id",)

    class Meta:
        indexes = [
            models.Index(fields=["file_id", "at"], name="readings_of_file"),
            models.Index(fields=["by_worker_id", "at"], name="readings_by_worker"),
        ]


class Checkpoint(models.Model):
    """A signed sum over every act and reading whose transaction had ended at the horizon.

    Sealing by number or time would leave a late commit unsealed below the line; the horizon is the oldest
    transaction still running, so nothing can appear behind it.
    """

    id = models.BigAutoField(primary_key=True)
    horizon = models.BigIntegerField()
    acts = models.BigIntegerField()
    readings = models.BigIntegerField()
    root = models.BinaryField()
    signature = models.BinaryField()
    key_id = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "horizon", "acts", "readings", "root", "signature", "key_id", "made_at")
