"""Contacts: what somebody did to reach a person, where, when, and whom he really saw. Only grows."""

from django.db import models
from django.db.models import Case as Choose
from django.db.models import F, Q, Value, When

from anwang.cases.states import PlaceKind, Seen
from anwang.directory.models import Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person

from .derived import Derived


class Contact(models.Model):
    """One contact or attempt. `started_at` is when it truly was, `recorded_at` when it was keyed.

    A correction is another contact that `corrects` this one, with its reason. Who was seen, the words and what was
    seen on a body lie in tables of their own, each in its zone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    """The file it was written in; `ContactServes` lists all it counts for."""
    method = models.CharField(max_length=16)
    """Code of `visit.method`."""
    is_visit = models.BooleanField(default=False)
    """Whether the method brings both into one room, by the code list of the day: a missed visit blocks ending."""
    outcome = models.CharField(max_length=16)
    """Code of `contact.outcome`: met, not met, refused…"""
    place_kind = models.CharField(max_length=12, choices=PlaceKind.choices)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    written_by = models.UUIDField()
    """Who keyed it; differs from `by` when somebody enters it for a colleague."""
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    corrects_because = models.CharField(max_length=200, blank=True)
    met_id = Derived(
        expression=Choose(When(outcome=Value("met"), then=F("id"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
        unique=True,
    )

    class Privacy:
        plain = (
            "id", "matter", "method", "is_visit", "outcome", "place_kind", "started_at", "ended_at", "recorded_at",
            "by", "unit", "written_by", "corrects", "met_id",
        )  # fmt: skip
        sensitive = ("corrects_because",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(place_kind__in=PlaceKind.values), name="contact_place_kind_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="contact_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, corrects_because="")
                | (Q(corrects__isnull=False) & ~Q(corrects_because="")),
                name="correction_of_a_contact_says_why",
            ),
        ]
        indexes = [models.Index(fields=["matter", "started_at"], name="contacts_of_file")]


class ContactServes(models.Model):
    """A file for which a contact counts. One visit may serve several cases and the report they arose from.

    `opens`: whoever reads the file reads the contact. Not so for the report that was added by itself: its clocks are
    served, its readers are not let into the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    opens = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "contact", "matter", "opens", "recorded_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "matter"], name="contact_serves_a_file_once")]
        indexes = [models.Index(fields=["matter"], name="contacts_serving_file")]


class ContactText(models.Model):
    """What was talked about, where exactly, with whom along, what a colleague must know before the next visit."""

    contact = models.OneToOneField(Contact, models.PROTECT, primary_key=True, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    companions = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    worker_safety = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("contact", "recorded_at")
        sensitive = ("place", "purpose", "companions", "summary", "worker_safety")


class ContactSeen(models.Model):
    """Whether this person was seen, with the worker's own eyes, and if not, why not."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seen = models.CharField(max_length=4, choices=Seen.choices)
    in_person = models.BooleanField()
    """False when seen on a screen or heard on the phone only."""
    not_seen_because = models.CharField(max_length=24, blank=True)
    """Code of `contact.not_seen_reason`."""
    looked_for = models.BooleanField(default=True)
    """False for somebody who was known not to be there (placed elsewhere): the visit did not miss him."""
    recorded_at = models.DateTimeField()
    seen_contact = Derived(
        expression=Choose(When(seen=Value("yes"), then=F("contact"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )

    class Privacy:
        plain = (
            "id", "contact", "person", "seen", "in_person", "not_seen_because", "looked_for", "recorded_at",
            "seen_contact",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seen=Seen.YES, not_seen_because="")
                | (Q(seen=Seen.NO, in_person=False) & ~Q(not_seen_because="")),
                name="not_seen_says_why",
            ),
            models.CheckConstraint(condition=Q(looked_for=True) | Q(seen=Seen.NO), name="seen_is_looked_for"),
            models.UniqueConstraint(fields=["contact", "person"], name="person_seen_once_in_a_contact"),
        ]
        indexes = [models.Index(fields=["person"], name="sights_of_person")]


class Observation(models.Model):
    """What was seen on the person (傷痕、狀態). Health matter: kept apart, in the special zone."""

    seen = models.OneToOneField(ContactSeen, models.PROTECT, primary_key=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    text = models.TextField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("seen", "contact", "recorded_at")
        sensitive = ("text",)

    class Meta:
        indexes = [models.Index(fields=["contact"], name="observations_of_contact")]


class Effort(models.Model):
    """What was tried with somebody who does not want us (努力紀錄), and what he answered. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    method = models.CharField(max_length=16)
    refused = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "person", "contact", "method", "refused", "at", "by", "recorded_at")
        sensitive = ("words",)

    class Meta:
        indexes = [models.Index(fields=["matter", "at"], name="efforts_of_case")]
