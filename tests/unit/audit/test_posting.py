"""Notes outside the database find what the database alone cannot: its own newest rows cut off, or signed anew."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from anwang.audit import commands, notes, posting, sealing, walking, witness
from anwang.audit.actions import reading, record
from anwang.audit.keys import public_bytes, signing_key
from anwang.audit.models import Act, Checkpoint, Posting, Watch
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7

from .ground import ME, Owner, nothing_older_runs, seal_all, unguarded

CUT_OFF = (
    "DELETE FROM audit_reading WHERE xid >= (SELECT horizon FROM audit_checkpoint WHERE id = {0})::text::xid8",
    "DELETE FROM audit_act WHERE xid >= (SELECT horizon FROM audit_checkpoint WHERE id = {0})::text::xid8",
    "DELETE FROM audit_posting WHERE checkpoint_id > {0}",
    "DELETE FROM audit_checkpoint WHERE id > {0}",
)


@pytest.fixture
def place(committed_db: str, tmp_path: Path, settings: object) -> Path:
    """Three notes lie outside; the data directory is this one."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    settings.ANWANG_CHECKPOINT_COPY = ""  # type: ignore[attr-defined]
    for number in range(3):
        write(number)
    return tmp_path


def write(number: int) -> Path:
    for _ in range(number + 2):
        record("note.written", by=ME, matter_id=uuid7(), number=number)
    reading("case.page", by=ME, file_id=uuid7(), zone="case")
    assert seal_all() is not None
    path = posting.post()
    assert path is not None, Watch.objects.get(what="post").fault
    return path


def found() -> list[str]:
    outside, faults = posting.outside()
    return [f"{one.what}: {one.words}" for one in (*faults, *sealing.check(outside))]


def test_writes_notes_that_follow_each_other(place: Path) -> None:
    texts = [path.read_text() for path in posting.kept()]
    read = [notes.read(text, public_bytes(signing_key())) for text in texts]
    assert [note.number for note in read] == [1, 2, 3]
    assert [note.since for note in read] == [0, *[note.size for note in read[:-1]]]
    assert [note.before for note in read] == ["", notes.digest(texts[0]), notes.digest(texts[1])]
    assert found() == []
    assert posting.post() is None
    assert str(ME.worker_id) not in "".join(texts)


def test_is_checked_by_a_stranger_without_our_code(place: Path) -> None:
    path = place / "witness.py"
    path.write_text(Path(witness.__file__).read_text())
    said = subprocess.run(
        [sys.executable, "-I", path, notes.verifier(signing_key()), place / posting.FOLDER],
        capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    assert (said.returncode, said.stdout.split(";")[0]) == (0, "3 notes hold"), said.stderr


@pytest.mark.parametrize(
    ("touch", "words"),
    [
        ("missing", "number 2 is missing"),
        ("other key", "another key"),
        ("changed", "the signature does not fit"),
        ("forked", "begin with the one before"),
    ],
)
def test_a_stranger_finds_what_was_done_to_notes(
    place: Path, touch: str, words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    paths, ours = posting.kept(), signing_key()
    if touch == "missing":
        paths[1].unlink()
    elif touch == "changed":
        paths[1].write_text(paths[1].read_text().replace("number 2", "number 02"))
    else:
        other = Ed25519PrivateKey.from_private_bytes(b"k" * 32) if touch == "other key" else ours
        was = notes.read(paths[2].read_text(), public_bytes(ours))
        paths[2].write_text(
            notes.write(
                other, size=was.size, root=b"r" * 32, number=3, before=was.before, since=was.since, proof=was.proof,
                made_at=clock.now(),
            )
        )  # fmt: skip
    assert witness.main([notes.verifier(ours), str(place / posting.FOLDER)]) == 1
    assert words in capfd.readouterr().err


def test_finds_newest_rows_cut_off_with_their_checkpoints(place: Path, owner_connection: Owner) -> None:
    kept = Checkpoint.objects.order_by("id")[1].id
    unguarded(owner_connection, *(sql.format(kept) for sql in CUT_OFF))
    assert sealing.check() == []
    assert any("the newest were cut off" in one for one in found())
    assert any("does not know this note" in one for one in found())
    # What is written afterwards does not hide it, and nothing is posted over it.
    record("note.written", by=ME)
    seal_all()
    assert found() != []
    assert posting.post() is None
    assert "cut off" in Watch.objects.get(what="post").fault


def test_finds_it_in_the_note_of_another_agency(place: Path, owner_connection: Owner, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text(posting.kept()[-1].read_text())
    kept = Checkpoint.objects.order_by("id")[0].id
    unguarded(owner_connection, *(sql.format(kept) for sql in CUT_OFF))
    for path in posting.kept()[1:]:
        path.unlink()
    for number in range(9):
        record("note.invented", by=ME, number=number)
    seal_all()
    posting.post()
    assert commands.main(["verify"]) == 0
    assert commands.main(["verify", "--checkpoint", str(elsewhere)]) == 1


def test_finds_all_signed_anew_with_another_key(place: Path, owner_connection: Owner, settings: object) -> None:
    """The owner rewrites a row, every checkpoint and every note, but has to sign with a key of his own."""
    ours = notes.verifier(signing_key())
    copies = [path.read_text() for path in posting.kept()]
    unguarded(
        owner_connection, "UPDATE audit_act SET verb = 'nothing.happened'", "DELETE FROM audit_posting",
        "DELETE FROM audit_checkpoint",
    )  # fmt: skip
    for path in posting.kept():
        path.unlink()
    was = settings.KEYRING  # type: ignore[attr-defined]
    settings.KEYRING = {**was, "audit": b"k" * 32}  # type: ignore[attr-defined]
    seal_all()
    posting.post()
    assert found() == [], "to himself everything fits"
    assert commands.main(["verify", "--key", ours]) == 1
    settings.KEYRING = was  # type: ignore[attr-defined]
    assert any("another key" in one for one in found())
    (place / "kept.txt").write_text(copies[-1])
    assert commands.main(["verify", "--checkpoint", str(place / "kept.txt")]) == 1


def test_enters_a_note_that_was_written_before_the_process_died(place: Path, owner_connection: Owner) -> None:
    unguarded(owner_connection, "DELETE FROM audit_posting WHERE number = 3")
    assert posting.post() == posting.kept()[-1]
    assert Posting.objects.count() == 3
    assert found() == []


def test_goes_on_where_the_folder_stayed_behind(place: Path) -> None:
    before = posting.kept()[-1].read_text()
    for path in posting.kept():
        path.unlink()
    text = write(4).read_text()
    note = notes.read(text, public_bytes(signing_key()))
    assert (note.number, note.before) == (4, notes.digest(before))
    assert found() == []


def test_misses_a_note_that_was_taken_away(place: Path) -> None:
    posting.kept()[1].unlink()
    assert any("is there no more" in one for one in found())


def test_posts_hourly(place: Path) -> None:
    record("note.written", by=ME)
    assert not posting.post_hourly()
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert nothing_older_runs() or seal_all()
        assert posting.post_hourly()


def test_puts_them_in_a_second_place_and_says_when_it_cannot(place: Path, settings: object) -> None:
    settings.ANWANG_CHECKPOINT_COPY = str(place / "other")  # type: ignore[attr-defined]
    write(5)
    row = Watch.objects.get(what="copy")
    assert "is not there" in row.fault
    assert row.went_well_at is None
    (place / "other").mkdir()
    assert posting.copy()
    row.refresh_from_db()
    assert (row.fault, row.reached) == ("", 4)
    assert len(list((place / "other").rglob("*.txt"))) == 4


def test_says_when_the_place_beside_the_database_cannot_be_written(place: Path, settings: object) -> None:
    (place / "full").write_text("")
    settings.DATA = place / "full"  # type: ignore[attr-defined]
    record("note.written", by=ME)
    seal_all()
    assert posting.post() is None
    assert Watch.objects.get(what="post").fault
    assert commands.main(["post"]) == 1


def test_looks_through_the_record_share_by_share(place: Path, owner_connection: Owner) -> None:
    reached, turns = 0, 0
    while turns == 0 or reached:
        faults, reached = walking.look_through(reached, share=1)
        assert faults == []
        turns += 1
    # A round of sealing that waits for other transactions of the server makes more checkpoints than one.
    assert turns == Checkpoint.objects.values("size").distinct().count() >= 3
    unguarded(owner_connection, "UPDATE audit_act SET verb = 'x' WHERE details ->> 'number' = '0'")
    after = Posting.objects.order_by("checkpoint_id")[0].checkpoint_id
    assert walking.look_through(after)[0] == []
    assert walking.walk() != []
    assert "not those that were sealed" in Watch.objects.get(what="verify").fault


def test_proves_an_act_to_whoever_holds_a_note(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    act = Act.objects.order_by("recorded_at")[1]
    note = posting.kept()[1]
    assert commands.main(["prove", str(act.id), "--checkpoint", str(note)]) == 0
    (place / "proof.json").write_text(capsys.readouterr().out)
    key = notes.verifier(signing_key())
    assert witness.main([key, str(note), "--proof", str(place / "proof.json")]) == 0
    assert witness.main([key, str(posting.kept()[2]), "--proof", str(place / "proof.json")]) == 1
    assert commands.main(["prove", str(uuid7())]) == 1
    assert commands.main(["prove", str(posting.kept()[0])]) == 0
