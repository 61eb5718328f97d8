"""The command `anwang`: a registry of sub-commands, each a `main(arguments) -> exit status` in its own module."""

from __future__ import annotations

import os
import re
import signal
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import psycopg
from django.db.utils import OperationalError, ProgrammingError

from anwang.project.postgres.binaries import NoServer

UNFINISHED = "restore.unfinished"
"""Lies in a data directory while a backup is brought in; what it holds meanwhile is not to be used."""
_UNPREPARED = re.compile(r'(role|database) "\w+" does not exist')


@dataclass(frozen=True)
class Command:
    """Where a sub-command lives, one line about it, and what it needs before it runs."""

    target: str
    summary: str
    database: bool = True
    owner: bool = False
    offered: bool = False
    """Whether it gets the database where one was prepared, and does without otherwise."""


COMMANDS = {
    "serve": Command("anwang.project.supervisor:main", "start database, site and worker; stop them together", False),
    "worker": Command("anwang.project.worker:main", "do what is due by itself, until stopped"),
    "migrate": Command("anwang.project.migrate:main", "bring the database up to date, as its owner", owner=True),
    "prepare": Command("anwang.project.migrate:prepare", "see that the database is up to date; gather style sheets"),
    "messages": Command("anwang.project.messages:main", "compile the translations", False),
    "demo": Command("anwang.project.demonstration:main", "build | reset the invented county", False),
    "verify": Command("anwang.matters.verify:main", "recompute every invariant independently [--json]", owner=True),
    "audit": Command("anwang.audit.commands:main", "verify | prove | post | key: the record of acts and readings"),
    "backup": Command("anwang.project.backup.making:main", "everything in one file, its keys apart, while serving"),
    "restore": Command(
        "anwang.project.backup.restoring:main", "bring a backup into an empty place; --verify tries it", False
    ),
    "keys": Command("anwang.project.rotation:main", "which keys seal what: list | rotate | retire", owner=True),
    "dictionary": Command("anwang.subjects.commands:main", "every field with its class"),
    "policy": Command("anwang.rulebook.commands:main", "check | show | explain the rules", False),
    "accounts": Command("anwang.accounts.commands:main", "invite the first administrator of a county"),
    "report": Command("anwang.exchange.commands:main", "import reports from files"),
    "minutes": Command(
        "anwang.minutes.commands:main", "read and keep official minutes: import FILE [--json]", False, offered=True
    ),
    "roster": Command("anwang.exchange.rosters.commands:main", "import lists of other authorities; take their rows"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one sub-command; the answer is the process's exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if given else 2
    command = COMMANDS.get(given[0])
    if command is None:
        print(f"anwang: there is no command {given[0]}\n{usage()}", file=sys.stderr)
        return 2
    try:
        status = run(command, given[1:])
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        return _nobody_reads()
    except NoServer as error:
        print(f"anwang: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except (psycopg.OperationalError, OperationalError, ProgrammingError) as error:
        sentence = _about_the_database(error)
        if not sentence:
            raise
        print(f"anwang: {sentence}", file=sys.stderr)
        return 1


def usage() -> str:
    lines = [f"  {name:<10}{command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(["usage: anwang COMMAND …", *lines])


def run(command: Command, arguments: list[str]) -> int:
    """Start what the command needs, then the command."""
    if command.owner:
        os.environ["ANWANG_LOGIN"] = "owner"
    with ExitStack() as stack:
        if command.database:
            use_database(stack)
        elif command.offered:
            _offer_database(stack)
        module, _, function = command.target.partition(":")
        status: int | None = getattr(import_module(module), function)(arguments)
    return status or 0


def use_database(stack: ExitStack) -> None:
    """Django set up, and the embedded server running until `stack` unwinds, unless there is an external one."""
    from anwang.project import databases

    refuse_unfinished(data_directory())
    if not databases.is_external():
        stack.enter_context(databases.embedded(data_directory()).running())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwang.project.settings")
    import django

    django.setup()


def _offer_database(stack: ExitStack) -> None:
    """Django set up in any case; the database when one was prepared and can be started."""
    from anwang.project import databases

    if databases.is_external() or any(data_directory().glob("pg[0-9]*")):
        with suppress(NoServer):
            use_database(stack)
            return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwang.project.settings")
    import django

    django.setup()


def refuse_unfinished(data: Path) -> None:
    """Raise NoServer when a restore into this directory was cut short."""
    if (data / UNFINISHED).exists():
        raise NoServer(f"A restore into {data} was cut short: run the same `anwang restore` again.")


def _nobody_reads() -> int:
    """Whoever read the output has seen enough (`… | head`): end without a word, with the status of SIGPIPE."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE


def _about_the_database(error: Exception) -> str:
    """What to do when the database is away or older than this code; nothing for other errors."""
    if not isinstance(error, ProgrammingError):
        reason = " ".join(str(error).split())
        if _UNPREPARED.search(reason):
            return f"There is no database of ours yet ({reason}): run `anwang migrate` first, or correct DATABASE_URL."
        return f"The database does not answer ({reason}): start it, or correct DATABASE_URL."
    from anwang.project import health

    up_to_date = health.state()["migrations"]
    return "" if up_to_date else "The database is not up to date: run `anwang migrate` first."


def data_directory() -> Path:
    """DATA, or `var` in the checkout."""
    return Path(os.environ.get("DATA") or Path(__file__).resolve().parents[2] / "var").resolve()


if __name__ == "__main__":
    sys.exit(main())
