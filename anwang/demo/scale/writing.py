"""Copies to the database: several processes, each filling its share of the year and sending it by COPY."""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection as Pipe
from multiprocessing.connection import wait

import psycopg

from .drawing import Draw
from .filling import Filler
from .tables import Table

PROCESSES = 2
AT_ONCE = 1000
"""Copies sent in one transaction."""


class Interrupted(Exception):
    """A writing process ended before its work did."""


def write(
    url: str, filler: Filler, draws: Sequence[Draw], tables: list[Table], tell: Callable[[int, int], None]
) -> None:
    """All copies, in the order of the year within each process. Django's connection must be closed: we fork."""
    starts = _first_numbers(filler, draws)
    parts = [list(range(at, len(draws), AT_ONCE)) for at in range(0, PROCESSES * AT_ONCE, AT_ONCE)]
    parts = [
        [start for at, start in enumerate(range(0, len(draws), AT_ONCE)) if at % PROCESSES == part]
        for part in range(PROCESSES)
    ]
    context = multiprocessing.get_context("fork")
    pipes, running = [], []
    for part in parts:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(theirs, url, filler, draws, starts, tables, part), daemon=True)
        process.start()
        theirs.close()
        pipes.append(ours)
        running.append(process)
    _follow(pipes, len(draws), tell)
    for process in running:
        process.join()
        if process.exitcode:
            raise Interrupted(f"writing ended with {process.exitcode}")


def _follow(pipes: list[Pipe], of: int, tell: Callable[[int, int], None]) -> None:
    done, open_pipes = 0, list(pipes)
    while open_pipes:
        for pipe in wait(open_pipes):
            try:
                done += pipe.recv()  # type: ignore[union-attr]
                tell(done, of)
            except EOFError:
                open_pipes.remove(pipe)  # type: ignore[arg-type]


def _first_numbers(filler: Filler, draws: Sequence[Draw]) -> list[int]:
    """From where each copy counts its numbers, with room for those already taken."""
    found, counter = [], 1
    for draw in draws:
        found.append(counter)
        counter += 2 * len(filler.forms[draw.stamp].by_kind.get("number", ()))
    return found


def _work(
    pipe: Pipe, url: str, filler: Filler, draws: Sequence[Draw], starts: list[int], tables: list[Table], mine: list[int]
) -> None:  # fmt: skip
    with suppress(KeyboardInterrupt), psycopg.connect(url) as connection:
        connection.execute("SET synchronous_commit = off")
        for start in mine:
            texts: dict[str, list[str]] = defaultdict(list)
            last = min(start + AT_ONCE, len(draws))
            for number in range(start, last):
                for name, text in filler.rows(draws[number], number, starts[number]).items():
                    texts[name].append(text)
            with connection.transaction(), connection.cursor() as cursor:
                for table in tables:
                    if table.name in texts:
                        with cursor.copy(table.into()) as copy:
                            copy.write("".join(texts[table.name]))
            pipe.send(last - start)
