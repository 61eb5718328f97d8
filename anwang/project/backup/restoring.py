"""`anwang restore FILE`: into an empty place, all of it or nothing; with `--verify` a drill that leaves nothing."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from anwang.access import claims
from anwang.project import cli, databases, keys
from anwang.project.backup import archive, content, keysafe, programs
from anwang.project.backup.progress import Progress, say
from anwang.project.postgres import roles, walls
from anwang.project.postgres.binaries import NoServer
from anwang.project.postgres.cluster import Cluster

PACKAGE = Path(__file__).resolve().parents[2]
EMPTY = "SELECT NOT EXISTS (SELECT FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace)"


def main(arguments: list[str]) -> int:
    """0 when everything is as it was backed up; 1 with what is not. Raises NoServer when it cannot be done."""
    parser = argparse.ArgumentParser(prog="anwang restore")
    parser.add_argument("file", type=Path)
    parser.add_argument("--keys", type=Path, help="the keys (default: beside the file, .keys)")
    parser.add_argument("--passphrase-file", type=Path, help=f"opens the keys (or {keysafe.ENVIRONMENT})")
    parser.add_argument("--data", type=Path, help="another data directory to restore into")
    parser.add_argument("--verify", action="store_true", help="try it in a scratch place, check everything, remove it")
    given = parser.parse_args(arguments)
    backup = archive.Backup(given.file)
    try:
        kept = _keys(backup, given.keys, keysafe.passphrase(given.passphrase_file))
        say(f"checking {given.file}, made {backup.manifest['made_at']}")
        if faults := backup.faults(keys.parsed(kept).ring["audit"]):
            return _refuse(given.file, faults)
        _refuse_newer(backup)
        if given.verify:
            return _drill(backup, kept)
        return _restore_here(backup, kept, (given.data or cli.data_directory()).resolve())
    finally:
        backup.close()


def _keys(backup: archive.Backup, path: Path | None, secret: str) -> bytes:
    """The keys this backup was made with. Raises NoServer naming those that are others."""
    path = path or backup.path.with_name(backup.path.name + ".keys")
    kept = keysafe.unpacked(path, secret)
    was, now = backup.manifest["keys"], keysafe.fingerprints(kept)
    others = [name for name in was if was[name] != now.get(name)]
    if others:
        raise NoServer(f"{path} holds the keys of another system ({', '.join(others)} differ): name the right ones.")
    return kept


def _refuse(path: Path, faults: list[str]) -> int:
    for fault in faults:
        print(f"anwang: {fault}", file=sys.stderr)
    raise NoServer(f"{path} is not as it was made: nothing was restored. Use another backup.")


def _refuse_newer(backup: archive.Backup) -> None:
    """A schema this code does not know cannot be served by it."""
    ours = {f"{path.parents[1].name}.{path.stem}" for path in PACKAGE.glob("*/migrations/[0-9]*.py")}
    rooms = {name.partition(".")[0] for name in ours}
    unknown = [name for name in backup.manifest["migrations"] if name.partition(".")[0] in rooms and name not in ours]
    if unknown:
        raise NoServer(
            f"The backup was made by version {backup.manifest['version']} with {unknown[0]}, which this one does not"
            " know: restore it with that version or a newer one."
        )


def _drill(backup: archive.Backup, kept: bytes) -> int:
    with _scratch() as cluster:
        data = cluster.base
        _restore(backup, kept, data, cluster, external=False)
        environment = {name: text for name, text in os.environ.items() if not name.startswith("DATABASE_")}
        say("recomputing every promise and every seal")
        done = subprocess.run(
            [sys.executable, "-m", "anwang.project.cli", "verify"],
            env=environment | {"DATA": str(data)}, check=False, cwd=PACKAGE.parent,
        )  # fmt: skip
    if done.returncode:
        print("anwang: the data was restored, but not everything in it holds: see above", file=sys.stderr)
        return 1
    rows = sum(number for number, _sum in backup.manifest["tables"].values())
    say(f"the backup can be restored: {rows} rows are as they were, every promise and every seal holds")
    return 0


@contextmanager
def _scratch() -> Iterator[Cluster]:
    """A running server of its own that is gone afterwards, with all it held."""
    data = Path(tempfile.mkdtemp(prefix="anwang-restore-"))
    try:
        # The server's account passes through; what lies inside is for its owner alone.
        data.chmod(0o711)
        cluster = Cluster(data, ephemeral=True)
        with cluster.running():
            yield cluster
        cluster.wait_until_stopped()
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _restore_here(backup: archive.Backup, kept: bytes, data: Path) -> int:
    external = databases.is_external()
    unfinished = data / cli.UNFINISHED
    _refuse_used(data, kept, external=external, again=unfinished.exists())
    data.mkdir(mode=0o711, parents=True, exist_ok=True)
    if not external:
        unfinished.touch()
        _forget_half(data)
    _restore(backup, kept, data, Cluster(data), external=external)
    unfinished.unlink()
    say(f"restored: {backup.path} is now in {'DATABASE_URL' if external else data}. Start it with `anwang serve`.")
    return 0


def _refuse_used(data: Path, kept: bytes, *, external: bool, again: bool) -> None:
    """Only an empty place, or one where an earlier try was cut short."""
    path = data / "keys.json"
    if path.exists() and path.read_bytes() != kept:
        raise NoServer(f"{data} has keys of its own: set DATA or --data to a new directory.")
    if not external and not again and any(data.glob("pg[0-9]*")):
        raise NoServer(f"{data} holds a database already: set DATA or --data to a new directory.")


def _forget_half(data: Path) -> None:
    """What a try that was cut short brought in: only reached where nothing else can lie."""
    cluster = Cluster(data)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(roles.DATABASE))
    with cluster.running(), psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(drop)


def _restore(backup: archive.Backup, kept: bytes, data: Path, cluster: Cluster, *, external: bool) -> None:
    """Keys, numbers, rows, in this order: whatever is cut short can be run again."""
    with ExitStack() as stack:
        if not external:
            stack.enter_context(cluster.running())
            roles.make(cluster.url("postgres", "postgres"))
        owned = databases.url(data, owner=True) if external else ""
        url = roles.keeping(owned) if external else cluster.url("postgres", roles.DATABASE)
        with psycopg.connect(url, autocommit=True) as connection:
            (empty,) = connection.execute(EMPTY).fetchone() or (False,)
            if not empty:
                raise NoServer("The database is not empty: restore into a new one.")
            if external:
                # Only now: a mark beside a database that is in use would stop it at its next start.
                (data / cli.UNFINISHED).touch()
            keys.put(data, kept)
            content.pass_transactions(connection, backup.manifest["transactions"])
            say("restoring")
            progress = Progress("restored", backup.manifest["parts"][archive.DUMP]["bytes"])
            programs.restore(
                data, url, lambda: backup.stream(archive.DUMP), as_owner=external, progress=progress
            )  # fmt: skip
            owner = databases.url(data, owner=True) if external else cluster.url(roles.OWNER, roles.DATABASE)
            roles.prepare_database(owner)
            walls.raise_walls(owner, claims.pads(keys.parsed(kept).ring["audit"]))
            was = {name: (rows, added) for name, (rows, added) in backup.manifest["tables"].items()}
            if found := content.differences(was, content.content(connection)):
                raise NoServer(f"The restored data differs: {'; '.join(found)}.")
        for name in archive.BESIDE:
            if name in backup.manifest["parts"]:
                (data / name).write_bytes(backup.read(name))
