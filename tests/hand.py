"""Statements by hand, as somebody slips one into a page of a person whom the program has named."""

from __future__ import annotations

import psycopg

from anwang.access import claims
from anwang.foundation import clock
from tests.database import Connect
from tests.world import World


class Hand:
    """Statements by hand, named as somebody of the world."""

    def __init__(self, world: World, connect: Connect) -> None:
        self.world, self.connect = world, connect

    def passes(self, who: str, statement: str, *given: object) -> bool:
        """Whether the statement, which must find something, is let through; its transaction stays open."""
        worker, prompt = self.world.workers[who], self.connect()
        words, proof = claims.claim("worker", worker, clock.now())
        prompt.execute("SELECT * FROM access_viewer(%s, %s, %s, 'en')", [words, proof, worker])
        try:
            done = prompt.execute(statement, given)  # type: ignore[arg-type]
        except psycopg.errors.InsufficientPrivilege:
            return False
        assert done.rowcount, "a statement that finds nothing proves nothing"
        return True
