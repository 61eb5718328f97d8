"""PostgreSQL's own pg_dump and pg_restore, of a version that fits, told nothing secret on their command line."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from anwang.project.backup.archive import PIECE, Part
from anwang.project.postgres import binaries
from anwang.project.postgres.binaries import NoServer

Progress = Callable[[int], None]
_SAID_ELSEWHERE = re.compile(r" DEFAULT ACL | SCHEMA - | POLICY \S+ \S+ keeping ")
_KIND = re.compile(r"error: (?:could not execute query: |COPY failed for table \"\w+\": )?ERROR:\s+([\w ]{3,60})")


def dump(base: Path, url: str, snapshot: str, part: Part, progress: Progress) -> None:
    """Write what `snapshot` shows into `part`. Raises NoServer when pg_dump fails, OSError when the disk is full."""
    arguments = ["--format=custom", f"--snapshot={snapshot}", "--no-comments", "--enable-row-security"]
    with _Program("pg_dump", base, url, arguments, tells=subprocess.PIPE) as program:
        assert program.process.stdout is not None
        while data := program.process.stdout.read(PIECE):
            part.write(data)
            progress(part.size)


def restore(base: Path, url: str, source: Callable[[], IO[bytes]], *, as_owner: bool, progress: Progress) -> None:
    """Fill the empty database from a dump, all of it or nothing. Raises NoServer when pg_restore fails."""
    arguments = ["--single-transaction", "--exit-on-error", "--no-comments", f"--dbname={_without_password(url)}"]
    with tempfile.NamedTemporaryFile("w", suffix=".list") as wanted:
        # The owner's standing rights and what he sees: said by `roles` and `walls`, for whatever name he has.
        kept = [line for line in _listed(base, source) if not _SAID_ELSEWHERE.search(line)]
        wanted.write("\n".join(kept))
        wanted.flush()
        arguments += [f"--use-list={wanted.name}", *(["--no-owner"] if as_owner else [])]
        with _Program("pg_restore", base, url, arguments, reads=True) as program, source() as stream:
            _feed(program, stream, progress)


def _listed(base: Path, source: Callable[[], IO[bytes]]) -> list[str]:
    # Into a file: a pipe that nobody reads while we write would stop both.
    with tempfile.TemporaryFile() as told:
        with _Program("pg_restore", base, "", ["--list"], reads=True, tells=told) as program, source() as stream:
            _feed(program, stream, lambda _done: None)
        told.seek(0)
        return told.read().decode().splitlines()


def _feed(program: _Program, stream: IO[bytes], progress: Progress) -> None:
    done, target = 0, program.process.stdin
    assert target is not None
    try:
        with target:
            while data := stream.read(PIECE):
                target.write(data)
                done += len(data)
                progress(done)
    except BrokenPipeError:
        # It has read enough, or failed: its status says which.
        return


class _Program:
    """A running program that is ended with us; leaving the block raises NoServer when it failed."""

    def __init__(
        self, name: str, base: Path, url: str, arguments: list[str], *, reads: bool = False,
        tells: IO[bytes] | int = subprocess.DEVNULL,
    ) -> None:  # fmt: skip
        self.name = name
        secret = conninfo_to_dict(url).get("password") if url else None
        environment = {key: text for key, text in os.environ.items() if not key.startswith("PG")}
        if url and name == "pg_dump":
            arguments = [*arguments, f"--dbname={_without_password(url)}"]
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed on leaving
        try:
            self.process = subprocess.Popen(
                [_found(name, base), *arguments], stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
                stdout=tells, stderr=self._said,
                env=environment | ({"PGPASSWORD": str(secret)} if secret else {}),
            )  # fmt: skip
        except OSError as error:
            raise NoServer(f"{name} cannot be started ({error.strerror}): install PostgreSQL's programs.") from None

    def __enter__(self) -> _Program:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        status = self.process.wait()
        said = self._words()
        if kind is None and status:
            raise NoServer(f"{self.name} failed{said}: nothing half is left.")

    def _words(self) -> str:
        """Its kind of error only: what it prints may quote a record."""
        with self._said as file:
            file.seek(0)
            text = file.read().decode(errors="replace")
        if "server version" in text or "unsupported version" in text:
            return " (another version of PostgreSQL made this; set ANWANG_PG_BIN to its programs)"
        found = _KIND.search(text)
        return f" ({found[1].strip()})" if found else ""


def _found(name: str, base: Path) -> str:
    return binaries.find(base).program(name)


def _without_password(url: str) -> str:
    return make_conninfo("", **{key: text for key, text in conninfo_to_dict(url).items() if key != "password"})
