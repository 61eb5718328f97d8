"""The urgent-case room (急案戰情室): for a time, for named members, for one purpose; sealed afterwards."""

from django.db import models
from django.db.models import F, Q, Value

from anwang.cases.models.derived import Derived
from anwang.conferences.states import EntrySort
from anwang.directory.models import Unit, Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter


class Room(models.Model):
    """A room about one case. Members read it until `ends_at`, whether or not anybody closes it; nothing is written
    after. What stands in it stays, read-only, for the file's own workers, each reading traced.
    """

    id = models.UUIDField(primary_key=True)
    matter_kind = Derived(
        expression=Value("urgent_room"), output_field=models.CharField(max_length=16), db_persist=True
    )
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16)
    """Code of `urgent_room.purpose`; `words` say what is wanted."""
    words = models.CharField(max_length=300)
    basis = models.CharField(max_length=16)
    """Code of `urgent_room.basis`."""
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    ends_at = models.DateTimeField()
    extended = models.PositiveSmallIntegerField(default=0)
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.UUIDField(null=True)
    """Empty where its time ran out."""
    outcome = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter_kind", "purpose", "basis", "opened_at", "opened_by", "ends_at", "extended", "sealed_at",
                 "sealed_by", "recorded_at")  # fmt: skip
        linked = ("case",)
        sensitive = ("words", "outcome")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="room_has_an_end"),
            models.CheckConstraint(condition=~Q(words=""), name="room_says_what_for"),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) | Q(sealed_at__gte=F("opened_at"), sealed_at__lte=F("ends_at")),
                name="room_is_sealed_by_its_end",
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], condition=Q(sealed_at__isnull=True), name="rooms_by_end")]


class RoomMember(models.Model):
    """Somebody in a room: a worker with an account, or a named guest, for whom a member writes down what he says."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    guest = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=12)
    """Code of `urgent_room.role`."""
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    by = models.UUIDField()

    class Privacy:
        plain = ("id", "room", "worker", "unit", "role", "joined_at", "left_at", "by")
        personal = ("guest",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(worker__isnull=False, guest="") | (Q(worker__isnull=True) & ~Q(guest="")),
                name="room_member_is_a_worker_or_a_guest",
            ),
            models.UniqueConstraint(
                fields=["room", "worker"],
                condition=Q(worker__isnull=False, left_at__isnull=True),
                name="in_a_room_once",
            ),
        ]


class RoomEntry(models.Model):
    """What a member said, or a step that was taken. Only grows; refused once the room's time is over."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    member = models.ForeignKey(RoomMember, models.PROTECT, related_name="+")
    """Whose words or step it is; `by` typed it."""
    sort = models.CharField(max_length=8, choices=EntrySort.choices)
    step = models.CharField(max_length=20, blank=True)
    """Code of `urgent_room.step`."""
    text = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "room", "member", "sort", "step", "at", "by", "recorded_at")
        sensitive = ("text",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="room_entry_has_words"),
            models.CheckConstraint(
                condition=Q(sort=EntrySort.STEP) & ~Q(step="") | Q(sort=EntrySort.MESSAGE, step=""),
                name="room_step_says_which",
            ),
        ]
        indexes = [models.Index(fields=["room", "recorded_at"], name="entries_of_room")]


class RoomExtension(models.Model):
    """A room's end was moved, with the reason. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    was_at = models.DateTimeField()
    until_at = models.DateTimeField()
    because = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Privacy:
        plain = ("id", "room", "was_at", "until_at", "at", "by")
        sensitive = ("because",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("was_at")) & ~Q(because=""), name="room_extended_for_a_reason"
            )
        ]


class RoomFile(models.Model):
    """A file put into a room; the bytes are in `RoomFileBody`."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Privacy:
        plain = ("id", "room", "media_type", "size", "sha256", "at", "by")
        personal = ("name",)

    class Meta:
        indexes = [models.Index(fields=["room"], name="files_of_room")]


class RoomFileBody(models.Model):
    """The bytes of a file of a room."""

    file = models.OneToOneField(RoomFile, models.PROTECT, primary_key=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    body = models.BinaryField()

    class Privacy:
        plain = ("file", "room")
        secret = ("body",)
