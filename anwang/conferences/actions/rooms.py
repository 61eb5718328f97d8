"""急案戰情室: opened for a time, spoken in, extended, sealed. Its members read it and nothing beyond."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anwang.access.actions import end_grants, grant, worker_key
from anwang.access.models import Grant
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading, record
from anwang.conferences import events, policies, rules
from anwang.conferences.models import Room, RoomEntry, RoomExtension, RoomFile, RoomFileBody, RoomMember
from anwang.conferences.states import EntrySort
from anwang.directory.models import Appointment
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened, open_matter
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind

MEMBER = "urgent_room"
LARGEST = 5 * 1024 * 1024
TYPES = ("application/pdf", "image/jpeg", "image/png", "application/vnd.oasis.opendocument.text",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text/plain")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Called:
    """Somebody for a room: an account, or a guest by agency, post and name."""

    role: str
    worker_id: UUID | None = None
    guest: str = ""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a room is for, on what basis, until when, with whom."""

    purpose: str
    words: str
    basis: str
    ends_at: datetime
    members: Iterable[Called] = ()


@dataclass(frozen=True, kw_only=True)
class Given:
    """A file as it was handed in."""

    name: str
    media_type: str
    body: bytes


@transaction.atomic
def open_room(*, case_id: UUID, wanted: Wanted, by: Viewer, at: datetime) -> Room:
    """Open a room about a case: whoever opens it keeps it. At most as long as policy lets."""
    case = lock(case_id)
    policies.may_open_room(by, case_id).enforce()
    _check(wanted, case.county, at)
    assert by.unit_id is not None
    asks = rules.marked(rules.PURPOSE, wanted.purpose, "prosecutor", clock.local(at).date())
    opened = open_matter(
        kind=MatterKind.URGENT_ROOM, county=by.county, accountable_id=by.unit_id,
        acting=Holder(by.unit_id, by.worker_id), opened_at=at, event=events.ROOM_OPENED,
        facts={"expires_at": wanted.ends_at, "prosecutor": "yes" if asks else "no"}, by=by, arose_from=case_id,
    )  # fmt: skip
    room = Room(
        id=opened.id, case_id=case_id, purpose=wanted.purpose, words=wanted.words.strip(), basis=wanted.basis,
        opened_at=at, opened_by=by.worker_id, ends_at=wanted.ends_at, recorded_at=clock.now(),
    )  # fmt: skip
    room.save(force_insert=True)
    for called in (Called(role="social", worker_id=by.worker_id), *wanted.members):
        _add(room, called, by, at)
    record("urgent_room.opened", by=by, at=at, matter_id=opened.id, purpose=wanted.purpose, basis=wanted.basis)
    keep()
    return room


@transaction.atomic
def add_member(*, room_id: UUID, called: Called, by: Viewer, at: datetime) -> RoomMember:
    """Somebody more, by whoever opened the room or his supervisor."""
    room = _kept(room_id, by, at)
    member = _add(room, called, by, at)
    record("urgent_room.member_added", by=by, at=at, matter_id=room_id, role=called.role)
    keep()
    return member


@transaction.atomic
def drop_member(*, member_id: UUID, by: Viewer, at: datetime) -> None:
    """He reads the room no more; what he wrote stays."""
    member = RoomMember.objects.filter(id=member_id, left_at=None).first()
    if member is None:
        raise NotFound(_("查無這位成員。"))
    room = _kept(member.room_id, by, at)
    if member.worker_id == room.opened_by:
        raise Refused(_("開啟的人要留在戰情室，直到結束。"))
    RoomMember.objects.filter(id=member_id).update(left_at=at)
    if member.worker_id:
        end_grants(file_id=room.id, holder=worker_key(member.worker_id), because=MEMBER, by=by, at=at)
    record("urgent_room.member_dropped", by=by, at=at, matter_id=room.id)
    keep()


@transaction.atomic
def say(*, room_id: UUID, text: str, by: Viewer, at: datetime, member_id: UUID | None = None) -> RoomEntry:
    """A word of one's own, or of a guest who said it by telephone."""
    room, member = _speaker(room_id, member_id, by, at)
    return _write(room, member, EntrySort.MESSAGE, "", text, by, at)


@transaction.atomic
def take_step(
    *, room_id: UUID, step: str, text: str, by: Viewer, at: datetime, member_id: UUID | None = None
) -> RoomEntry:
    """A step that was taken, by whom and with its number: the prosecutor asked, what he does (兒少權法§56)."""
    room, member = _speaker(room_id, member_id, by, at)
    on = clock.local(at).date()
    whose = rules.mark(rules.STEP, step, "by", on)
    if not whose:
        raise BadInput(_("請選做了什麼處置。"), field="step")
    if whose != member.role:
        raise BadInput(_("這個處置不是這位成員做的。請選是誰做的。"), field="member")
    entry = _write(room, member, EntrySort.STEP, step, text, by, at)
    happened(matter_id=room.id, event=events.ROOM_STEP, at=at, by=by, facts={"step": step})
    notice = rules.mark(rules.STEP, step, "notice", on)
    if notice and Matter.objects.filter(id=room.case_id, ended_at=None).exists():
        happened(matter_id=room.case_id, event=events.NOTICE_SENT, at=at, by=by, facts={"notice": notice})
    record("urgent_room.step", by=by, at=at, matter_id=room.id, step=step)
    keep()
    return entry


@transaction.atomic
def add_file(*, room_id: UUID, given: Given, by: Viewer, at: datetime) -> RoomFile:
    """A paper or picture for the members, kept with the room."""
    room, _member = _speaker(room_id, None, by, at)
    if given.media_type not in TYPES or not 0 < len(given.body) <= LARGEST:
        raise BadInput(_("請放PDF、ODT、DOCX、文字或JPG、PNG，不超過5MB。"), field="file")
    file = RoomFile(
        id=uuid7(), room=room, name=given.name.strip()[:120] or "-", media_type=given.media_type,
        size=len(given.body), sha256=sha256(given.body).hexdigest(), at=at, by=by.worker_id,
    )  # fmt: skip
    file.save(force_insert=True)
    RoomFileBody(file=file, room=room, body=given.body).save(force_insert=True)
    record("urgent_room.file_added", by=by, at=at, matter_id=room.id, subject_id=file.id, size=file.size)
    return file


@transaction.atomic
def read_file(*, file_id: UUID, by: Viewer) -> Given:
    """A file of the room, for a member or, after sealing, for the room's own workers. A reading of its own."""
    file = RoomFile.objects.select_related("room").filter(id=file_id).first()
    body = RoomFileBody.objects.filter(file_id=file_id).first()
    if file is None or body is None:
        raise NotFound(_("查無這個檔案。"))
    reading("urgent_room.file", by=by, file_id=file.room_id, zone=Zone.CASE)
    return Given(name=file.name, media_type=file.media_type, body=bytes(body.body))


@transaction.atomic
def extend(*, room_id: UUID, until: datetime, because: str, by: Viewer, at: datetime) -> None:
    """A later end, for a reason; as often and as long as policy lets."""
    room = _kept(room_id, by, at)
    county = Matter.objects.values_list("county", flat=True).get(id=room_id)
    if not because.strip():
        raise BadInput(_("請寫為什麼要延長。"), field="because")
    if room.extended >= rules.extensions(clock.local(at).date(), county):
        raise Refused(_("已經延長到次數上限。請結束，改開會議。"))
    if not room.ends_at < until <= rules.longest_end(at, county):
        raise BadInput(_("新的結束時間要晚於原來的，並在一次最長期間內。"), field="until")
    RoomExtension(
        id=uuid7(), room=room, was_at=room.ends_at, until_at=until, because=because.strip(), at=at, by=by.worker_id
    ).save(force_insert=True)
    Room.objects.filter(id=room_id).update(ends_at=until, extended=room.extended + 1)
    room.ends_at = until
    for member in RoomMember.objects.filter(room=room, left_at=None, worker__isnull=False):
        end_grants(file_id=room.id, holder=worker_key(member.worker_id), because=MEMBER, by=by, at=at)  # type: ignore[arg-type]
        _let_read(room, member.worker_id, by, at)  # type: ignore[arg-type]
    happened(matter_id=room_id, event=events.ROOM_EXTENDED, at=at, by=by, facts={"expires_at": until})
    record("urgent_room.extended", by=by, at=at, matter_id=room_id, until=until.isoformat())
    keep()


@transaction.atomic
def seal(*, room_id: UUID, outcome: str, by: Viewer, at: datetime) -> None:
    """The end, before its time: what came of it is written down, members read no more, nothing is added."""
    _kept(room_id, by, at)
    if not outcome.strip():
        raise BadInput(_("請寫結果：人現在怎樣、誰接著做什麼。"), field="outcome")
    Room.objects.filter(id=room_id).update(sealed_at=at, sealed_by=by.worker_id, outcome=outcome.strip())
    end_of_room(room_id, by=by, at=at)


def end_of_room(room_id: UUID, *, by: Viewer, at: datetime) -> None:
    """What sealing means for members and matter. Internal to this room: also when its time ran out."""
    live = Grant.objects.filter(file_id=room_id, because=MEMBER, starts_at__lte=at)
    live.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at)).update(ends_at=at)
    happened(matter_id=room_id, event=events.ROOM_SEALED, at=at, by=by)
    end_matter(matter_id=room_id, how="sealed", at=at, by=by)
    record("urgent_room.sealed", by=by, at=at, matter_id=room_id)
    keep()


def _write(room: Room, member: RoomMember, sort: str, step: str, text: str, by: Viewer, at: datetime) -> RoomEntry:
    if not text.strip():
        raise BadInput(_("還沒有寫內容。"), field="text")
    entry = RoomEntry(
        id=uuid7(), room=room, member=member, sort=sort, step=step, text=text.strip(), at=at, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    entry.save(force_insert=True)
    record("urgent_room.entry", by=by, at=at, matter_id=room.id, sort=sort)
    return entry


def _add(room: Room, called: Called, by: Viewer, at: datetime) -> RoomMember:
    if rules.code(rules.ROOM_ROLE, called.role, clock.local(at).date()) is None:
        raise BadInput(_("請選這位成員是哪一個機關。"), field="role")
    if (called.worker_id is None) == (not called.guest.strip()):
        raise BadInput(_("請選同仁，或寫機關、職稱、姓名。"), field="worker")
    if called.worker_id and RoomMember.objects.filter(room=room, worker_id=called.worker_id, left_at=None).exists():
        raise Conflict(_("他已經在戰情室裡。"))
    post = Appointment.objects.filter(worker_id=called.worker_id, ended_at=None).first() if called.worker_id else None
    if called.worker_id and post is None:
        raise BadInput(_("這位同仁目前沒有職務。"), field="worker")
    member = RoomMember(
        id=uuid7(), room=room, worker_id=called.worker_id, unit_id=post.unit_id if post else None,
        guest=called.guest.strip(), role=called.role, joined_at=at, by=by.worker_id,
    )  # fmt: skip
    member.save(force_insert=True)
    if called.worker_id:
        _let_read(room, called.worker_id, by, at)
    return member


def _let_read(room: Room, worker_id: UUID, by: Viewer, at: datetime) -> None:
    grant(file_id=room.id, holder=worker_key(worker_id), zones=(Zone.WORK, Zone.CASE), because=MEMBER,
          because_id=room.id, by=by, at=at, until=room.ends_at)  # fmt: skip


def _open(room_id: UUID, at: datetime) -> Room:
    """The room while its time runs, locked against its sealing."""
    if not Room.objects.filter(id=room_id).exists():
        raise NotFound(_("查無這個戰情室。"))
    lock(room_id)
    room = Room.objects.get(id=room_id)
    if room.sealed_at is not None or room.ends_at <= at:
        raise Conflict(_("戰情室已經結束並封存，不能再寫。"))
    return room


def _kept(room_id: UUID, by: Viewer, at: datetime) -> Room:
    room = _open(room_id, at)
    policies.may_keep_room(by, Matter.objects.get(id=room_id)).enforce()
    return room


def _speaker(room_id: UUID, member_id: UUID | None, by: Viewer, at: datetime) -> tuple[Room, RoomMember]:
    """In whose name something is written: one's own, or a guest's who has no account."""
    room = _open(room_id, at)
    own = policies.member_of(by, room)
    if own is None:
        raise NotFound(_("查無這個戰情室。"))
    if member_id is None or member_id == own.id:
        return room, own
    guest = RoomMember.objects.filter(id=member_id, room=room, left_at=None).first()
    if guest is None or guest.worker_id is not None:
        raise BadInput(_("有帳號的成員自己寫。這裡只代沒有帳號的人寫。"), field="member")
    return room, guest


def _check(wanted: Wanted, county: str, at: datetime) -> None:
    on = clock.local(at).date()
    if rules.code(rules.PURPOSE, wanted.purpose, on) is None:
        raise BadInput(_("請選為什麼要開戰情室。"), field="purpose")
    if rules.code(rules.BASIS, wanted.basis, on) is None:
        raise BadInput(_("請選分享資料的法律依據。"), field="basis")
    if not wanted.words.strip():
        raise BadInput(_("請寫現在要一起解決什麼。"), field="words")
    if not at < wanted.ends_at <= rules.longest_end(at, county):
        raise BadInput(_("結束時間要在現在之後，並在一次最長期間內。"), field="ends_at")
