"""Notes of the record outside the database: `DATA/checkpoints/<year>/<number>.txt`, and where else they should lie.

Whoever owns the database can cut off its newest rows together with its newest checkpoints; he cannot take back a note
that lies elsewhere. Before one is written the record is shown to continue the last one: if it does not, nothing is
written, and a page says so (`Watch`).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from anwang.foundation import clock

from . import notes
from .keys import public_bytes, signing_key
from .leaves import leaves
from .models import Checkpoint, Posting, Watch
from .sealing import LOCK, Fault, resumed, seal
from .tree import consistency, sums

HOURLY = timedelta(hours=1)
FOLDER = "checkpoints"


class NotPosted(Exception):
    """Why no note was written: the record does not continue what was posted, or the place cannot be written."""


def post_hourly() -> bool:
    """Write the newest checkpoint outside when the last note is an hour old; whether one was. A job of the worker."""
    now, last = clock.now(), Posting.objects.order_by("number").last()
    if last and timedelta(0) <= now - last.posted_at < HOURLY:
        return False
    return post() is not None


def post() -> Path | None:
    """Seal, and write what there is now as the next note; None when nothing was added since the last. Faults stay
    on `Watch` for the page, and the caller gets None too."""
    seal()
    try:
        with transaction.atomic():
            path = _post_next()
    except (NotPosted, OSError, ValueError) as error:
        watched("post", fault=str(error))
        return None
    newest = Posting.objects.order_by("number").last()
    watched("post", reached=newest.number if newest else 0)
    copy()
    return path


def copy() -> bool:
    """Put every note that the second place lacks there; whether all lie there now. True where none is set up."""
    if not settings.ANWANG_CHECKPOINT_COPY:
        return True
    place, number = Path(settings.ANWANG_CHECKPOINT_COPY), 0
    try:
        if not place.is_dir():
            raise NotPosted(f"{place} is not there")
        for path in kept():
            number = max(number, int(path.stem))
            other = place / path.parent.name / path.name
            if not other.exists():
                _write(other, path.read_text("utf-8"))
    except (NotPosted, OSError) as error:
        watched("copy", fault=str(error))
        return False
    watched("copy", reached=number)
    return True


def kept() -> list[Path]:
    """The notes beside the database, in their order."""
    return sorted((settings.DATA / FOLDER).glob("[0-9]*/[0-9]*.txt"), key=lambda path: int(path.stem))


def outside(
    paths: list[Path] | None = None, public: bytes | None = None
) -> tuple[list[tuple[int, bytes, str]], list[Fault]]:
    """What notes say of the tree, for `sealing.check`, and what is wrong with the notes themselves."""
    found, faults = [], []
    public = public or public_bytes(signing_key())
    last: tuple[int, str] | None = None
    for path in kept() if paths is None else paths:
        try:
            text = path.read_text("utf-8")
            note = notes.read(text, public)
        except (OSError, UnicodeDecodeError, notes.BadNote) as error:
            faults.append(Fault(str(path), str(error)))
            continue
        if paths is None and last and (note.number, note.before) != (last[0] + 1, last[1]):
            faults.append(Fault(str(path), "it does not follow the note before it"))
        last = note.number, notes.digest(text)
        found.append((note.size, note.root, str(path)))
    return found, faults + (list(_missing()) if paths is None else [])


def watched(what: str, *, fault: str = "", reached: int | None = None) -> None:
    """Keep for the page how it went."""
    now = clock.now()
    row, _made = Watch.objects.get_or_create(what=what, defaults={"tried_at": now})
    row.tried_at, row.fault = now, fault[:300]
    row.went_well_at = row.went_well_at if fault else now
    row.reached = row.reached if reached is None else reached
    row.save()


def _missing() -> Iterator[Fault]:
    """Notes that were posted and lie there no more, unless all of a former place stayed behind (a restore)."""
    here = {int(path.stem): path for path in kept()}
    first = min(here, default=0)
    for posted in Posting.objects.order_by("number"):
        path = here.get(posted.number)
        if path is None and here and posted.number > first:
            yield Fault(f"note {posted.number}", "it was written outside and is there no more")
        elif path and notes.digest(path.read_text("utf-8")) != bytes(posted.digest).hex():
            yield Fault(str(path), "it is not the note that was written")
    newest = Posting.objects.order_by("number").last()
    if here and max(here) > (newest.number if newest else 0):
        yield Fault(str(here[max(here)]), "the database does not know this note: its newest rows were cut off")


def _post_next() -> Path | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    newest = Checkpoint.objects.filter(size__isnull=False).order_by("id").last()
    last = Posting.objects.order_by("number").last()
    before = Checkpoint.objects.filter(id=last.checkpoint_id).first() if last else None
    if newest is None or (before and before.id == newest.id):
        return None
    if last and before is None:
        raise NotPosted(f"the checkpoint of note {last.number} is gone from the database")
    number = last.number + 1 if last else 1
    text = _text(newest, before, last, number)
    path = settings.DATA / FOLDER / f"{clock.local(newest.made_at):%Y}" / f"{number:08}.txt"
    if (there := {int(one.stem): one for one in kept()}) and max(there) >= number:
        path, newest, text = _adopted(there[max(there)], last, number)
    else:
        _write(path, text)
    Posting.objects.create(
        number=number, checkpoint_id=newest.id, digest=bytes.fromhex(notes.digest(text)), posted_at=clock.now()
    )
    return path


def _text(newest: Checkpoint, before: Checkpoint | None, last: Posting | None, number: int) -> str:
    """The next note, after the rows since the last were shown to make the tree grow from the one into the other."""
    grown = resumed(before)
    size, known = grown.tree.size, grown.tree.parts()
    found = [one.sum for one in leaves(before.horizon if before else 0, newest.horizon)] if before else []
    for one in found:
        grown.tree.add(one)
    if before and (grown.tree.size, grown.tree.root) != (newest.size, bytes(newest.root)):
        raise NotPosted("the record does not continue the note written last: run `anwang audit verify`")
    proof = sums(consistency(size, newest.size or 0), known, size, found)
    return notes.write(
        signing_key(), size=newest.size or 0, root=bytes(newest.root), number=number, proof=tuple(proof), since=size,
        before=bytes(last.digest).hex() if last else "", made_at=newest.made_at,
    )  # fmt: skip


def _adopted(path: Path, last: Posting | None, number: int) -> tuple[Path, Checkpoint, str]:
    """A note that was written just before we were cut off, and is not entered yet. Raises NotPosted for any other."""
    text = path.read_text("utf-8")
    note = notes.read(text, public_bytes(signing_key()))
    made = Checkpoint.objects.filter(size=note.size).first()
    fits = note.number == number and note.before == (bytes(last.digest).hex() if last else "")
    if not fits or made is None or bytes(made.root) != note.root:
        raise NotPosted(f"{path} knows more than the database: its newest rows were cut off")
    return path, made, text


def _write(path: Path, text: str) -> None:
    """There whole or not at all, for good, and never in place of another."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}.half")
    try:
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(half, path)
    finally:
        half.unlink(missing_ok=True)
