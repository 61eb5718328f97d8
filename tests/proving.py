"""Somebody at a session who has just proved who he is (`access.proving`)."""

from __future__ import annotations

from django.test import Client

from anwang.access.proving import PROVED
from anwang.foundation import clock


def prove(client: Client) -> Client:
    """The same client, its session proved now."""
    session = client.session
    session[PROVED] = int(clock.now().timestamp())
    session.save()
    return client
