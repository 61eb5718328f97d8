"""A port for a server that a test kills and starts again."""

from __future__ import annotations

import random
import socket

BELOW_WHAT_IS_GIVEN_OUT = range(20_000, 32_000)
"""Ports asked for by name; higher ones the system gives to whoever connects, also while a server is down."""


def unused_port() -> int:
    """A port nobody listens on; it stays free while the server on it is away. RuntimeError where all are taken."""
    for port in random.SystemRandom().sample(BELOW_WHAT_IS_GIVEN_OUT, 200):
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("none of two hundred ports was free")
