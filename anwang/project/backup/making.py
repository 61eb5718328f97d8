"""`anwang backup [DIRECTORY|FILE]`: everything one instant shows, while people go on working."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from anwang.audit.sealing import seal
from anwang.foundation import clock
from anwang.project import databases
from anwang.project.backup import archive, content, keysafe, programs
from anwang.project.backup.progress import Progress, say
from anwang.project.postgres.binaries import NoServer


def main(arguments: list[str]) -> int:
    """Make one. Raises NoServer with a sentence when it cannot be made; then nothing half is left."""
    parser = argparse.ArgumentParser(prog="anwang backup")
    parser.add_argument("target", nargs="?", type=Path, help="a directory, or the file to make (default DATA/backups)")
    parser.add_argument("--keys", type=Path, help="where the keys are written (default: beside the file, .keys)")
    parser.add_argument("--passphrase-file", type=Path, help=f"seals the keys (or {keysafe.ENVIRONMENT})")
    given = parser.parse_args(arguments)
    path = _file(given.target)
    if path.exists():
        raise NoServer(f"{path} is there already and is not overwritten: choose another name.")
    keys_path = (given.keys or path.with_name(path.name + ".keys")).resolve()
    secret = keysafe.passphrase(given.passphrase_file)
    kept = (settings.DATA / "keys.json").read_bytes()
    if secret:
        _refuse_open_keys({keys_path, *path.parent.glob("*.keys")}, kept)
    seal()
    with _kept_keys(keys_path, kept, secret):
        manifest = _write(path, kept)
    _say_what_there_is(path, keys_path, manifest, is_sealed=bool(secret))
    return 0


def _refuse_open_keys(paths: Iterable[Path], kept: bytes) -> None:
    """Keys under a passphrase protect nothing while the same keys lie there, or beside the backup, without one."""
    for path in sorted(paths):
        if keysafe.lie_open(path, kept):
            raise NoServer(
                f"{path} holds these keys without a passphrase: whoever finds it reads the backup. Move it to another"
                " place or delete it, then run this again."
            )


@contextmanager
def _kept_keys(path: Path, kept: bytes, secret: str) -> Iterator[None]:
    """The keys first, since a backup without them is none; the same ones may lie there from an earlier backup."""
    is_there = path.exists() and keysafe.unpacked(path, secret) == kept
    if not is_there:
        with archive.written(path) as file:
            file.write(keysafe.packed(kept, secret))
    try:
        yield
    except BaseException:
        if not is_there:
            path.unlink(missing_ok=True)
        raise


def _file(target: Path | None) -> Path:
    """The file to make: itself, or one named by the instant in the directory."""
    if target is None:
        target = settings.DATA / "backups"
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.is_dir():
        target = target / f"anwang-{clock.local(clock.now()):%Y%m%d-%H%M%S}.backup"
    if not target.parent.is_dir():
        raise NoServer(f"{target.parent} is no directory: make it first.")
    return target.resolve()


def _write(path: Path, kept: bytes) -> dict[str, Any]:
    url = databases.all_seeing_url(settings.DATA)
    with archive.written(path) as file, psycopg.connect(url) as connection, archive.Writer(file) as writer:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        with writer.part(archive.DUMP) as part:
            programs.dump(settings.DATA, url, snapshot, part, Progress("written"))
        for name in archive.BESIDE:
            if (settings.DATA / name).exists():
                with writer.part(name) as part:
                    part.write((settings.DATA / name).read_bytes())
        if (settings.DATA / "keys.json").read_bytes() != kept:
            raise NoServer("The keys were changed while the backup was made: run it again.")
        manifest = _manifest(connection, kept)
        writer.finish(manifest, settings.KEYRING["audit"])
    return manifest


def _manifest(connection: content.Connection, kept: bytes) -> dict[str, Any]:
    return {
        "made_at": clock.local(clock.now()).isoformat(timespec="seconds"),
        "version": version("anwang"),
        "server": connection.info.server_version,
        "migrations": content.migrations(connection),
        "tables": content.content(connection),
        "transactions": content.next_transaction(connection),
        "last_seal": content.last_seal(connection),
        "keys": keysafe.fingerprints(kept),
    }


def _say_what_there_is(path: Path, keys_path: Path, manifest: dict[str, Any], *, is_sealed: bool) -> None:
    rows = sum(number for number, _sum in manifest["tables"].values())
    last = manifest["last_seal"]
    say(f"{path} is whole: {path.stat().st_size / 1e6:.1f} MB, {rows} rows in {len(manifest['tables'])} tables")
    if last:
        say(f"last seal of the record: {last['id']}, {last['root']} (note it on paper)")
    if is_sealed:
        say(f"keys under your passphrase: {keys_path}. Without it who reported stays sealed for ever.")
    else:
        say(f"keys: {keys_path}, readable by you alone. Move them to another place than the backup:")
        say("whoever has both reads everything; without the keys who reported stays sealed for ever.")
    say(f"try it: anwang restore {path} --verify")
