"""The register: a paper's envelope, apart from its words and its bytes."""

from django.db import models
from django.db.models import F, Q

from anwang.access.states import Circle
from anwang.directory.models import Unit
from anwang.documents.states import (
    Addressee,
    Direction,
    PaperKind,
    PaperState,
    Secrecy,
    SheetKind,
    TemplateState,
    Way,
)
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter, Offer
from anwang.people.models import Person


class Paper(models.Model):
    """One paper (公文) in or out of a unit's register, bound to a matter or to the unit alone.

    Holds nothing about a client: a clerk works with it without reading the case. `circle` is the addressee's side;
    a letter holds only what that side may know.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Whose register it stands in."""
    direction = models.CharField(max_length=3, choices=Direction.choices)
    state = models.CharField(max_length=8, choices=PaperState.choices)
    kind = models.CharField(max_length=8, choices=PaperKind.choices)
    number = models.CharField(max_length=40, blank=True)
    """文號, ours going out, theirs coming in."""
    dated_on = models.DateField(null=True)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    file_id = models.UUIDField()
    """The matter, or the paper itself when it belongs to none: whose grants decide who reads the words."""
    addressee = models.CharField(max_length=6, choices=Addressee.choices, default=Addressee.UNIT)
    other_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    other_name = models.CharField(max_length=80, blank=True)
    """An office that is not in the directory. A private person's name stands in the words."""
    circle = models.CharField(max_length=8, choices=Circle.choices, default=Circle.NEUTRAL)
    secrecy = models.CharField(max_length=12, choices=Secrecy.choices, default=Secrecy.CONFIDENTIAL)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    answer_due_on = models.DateField(null=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="+")
    """The transfer or visit that a letter asks for."""
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "unit", "direction", "state", "kind", "number", "dated_on", "matter", "file_id", "addressee",
            "other_unit", "other_name", "circle", "secrecy", "way", "sent_at", "received_at", "answer_due_on",
            "answers", "offer", "by", "recorded_at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PaperState.values), name="paper_state_known"),
            models.CheckConstraint(condition=Q(circle__in=Circle.values), name="paper_circle_known"),
            models.CheckConstraint(
                condition=Q(direction="in", state__in=["received", "void"], received_at__isnull=False)
                | Q(direction="out", state__in=["draft", "void", "numbered", "sent"]),
                name="paper_state_fits_its_direction",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "void", "received"]) | (~Q(number="") & Q(dated_on__isnull=False)),
                name="paper_going_out_has_number_and_date",
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_paper_says_when"),
            models.CheckConstraint(
                condition=Q(addressee="person") | Q(other_unit__isnull=False) | ~Q(other_name=""),
                name="paper_has_another_side",
            ),
            models.CheckConstraint(
                condition=Q(matter__isnull=True, file_id=F("id")) | Q(file_id=F("matter")),
                name="paper_stands_in_its_file",
            ),
            models.CheckConstraint(condition=~Q(answers=F("id")), name="paper_answers_another"),
            models.UniqueConstraint(
                fields=["unit", "number"], condition=Q(direction="out") & ~Q(number=""), name="number_going_out_once"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-recorded_at"], name="papers_of_unit"),
            models.Index(fields=["matter"], name="papers_of_matter"),
            models.Index(fields=["answers"], name="answers_to_paper"),
        ]


class PaperWords(models.Model):
    """What a paper says: subject (主旨), a private addressee, the letter's parts. Only grows; the latest counts."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    file_id = models.UUIDField()
    subject = models.CharField(max_length=300)
    to_person = models.CharField(max_length=120, blank=True)
    letter = models.JSONField(default=dict)
    """`paragraphs` and `people` as they were written for the addressee's side; empty for what came in."""
    written_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "paper", "written_by", "recorded_at")
        personal = ("file_id", "to_person")
        sensitive = ("subject", "letter")

    class Meta:
        indexes = [models.Index(fields=["paper", "recorded_at"], name="words_of_paper")]


class PaperBody(models.Model):
    """An attachment, byte for byte: sealed, with its sum. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    file_id = models.UUIDField()
    name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "paper", "media_type", "size", "sha256", "recorded_by", "recorded_at")
        personal = ("file_id", "name")
        secret = ("sealed",)

    class Meta:
        indexes = [models.Index(fields=["paper"], name="bodies_of_paper")]


class AskedAbout(models.Model):
    """Whom a request to another authority (協訪) is about. Only grows; its letter names them."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="+")
    file_id = models.UUIDField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "offer", "recorded_at")
        linked = ("file_id", "person")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "person"], name="asked_about_a_person_once")]


class Template(models.Model):
    """The look of one kind of sheet in a unit and those below it: an ODT that a clerk restyled. Holds nobody's data.

    Its bytes never change; a new look is a new row. One is in use for a kind in a unit.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=SheetKind.choices)
    name = models.CharField(max_length=80)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=TemplateState.choices, default=TemplateState.TRIED)
    uploaded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    used_by = models.UUIDField(null=True)
    used_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        plain = (
            "id", "unit", "kind", "name", "body", "sha256", "state", "uploaded_by", "recorded_at", "used_by",
            "used_at", "ended_by", "ended_at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SheetKind.values), name="template_kind_known"),
            models.CheckConstraint(condition=Q(state__in=TemplateState.values), name="template_state_known"),
            models.CheckConstraint(
                condition=~Q(state="used") | Q(used_at__isnull=False), name="used_template_says_since_when"
            ),
            models.UniqueConstraint(
                fields=["unit", "kind"], condition=Q(state="used"), name="one_template_of_a_kind_in_use"
            ),
        ]


class Printing(models.Model):
    """One time a sheet was printed: which, for whom, in which look, with its sum. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    file_id = models.UUIDField()
    what = models.CharField(max_length=20)
    form = models.CharField(max_length=3)
    title = models.CharField(max_length=80)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    template = models.ForeignKey(Template, models.PROTECT, null=True, related_name="+")
    to = models.CharField(max_length=120, blank=True)
    """The addressee, as the sheet names him."""
    circle = models.CharField(max_length=8, choices=Circle.choices, default=Circle.NEUTRAL)
    sha256 = models.CharField(max_length=64)
    by = models.UUIDField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        plain = ("id", "what", "form", "title", "paper", "template", "circle", "sha256", "by", "unit", "at")
        linked = ("file_id",)
        personal = ("to",)

    class Meta:
        indexes = [models.Index(fields=["file_id", "-at"], name="printings_of_file")]
