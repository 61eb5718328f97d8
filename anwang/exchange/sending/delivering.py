"""The job that sends: endpoint by endpoint, in order, each message until it is taken or put aside.

A message is sent outside any transaction and marked afterwards. Killed in between, it is sent again with the same id:
the other side sees it twice and knows it by its id; it never misses one.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from anwang.access.serving import served
from anwang.access.viewer import Viewer
from anwang.exchange.signing import sign
from anwang.foundation import clock
from anwang.foundation.sealing import SealBroken
from anwang.systems.actions import sending as acts
from anwang.systems.events import EndpointKind, Going
from anwang.systems.queries import sending as queries
from anwang.systems.queries.sending import Message, Post
from anwang.systems.timing import patience

from .files import write_day
from .messages import MEDIA_TYPE, body
from .posting import Answer, post

log = logging.getLogger(__name__)
SERVICE = "sending"
RUN_SECONDS = 20.0
"""After so long the rest waits for the next round: other jobs of the worker must not wait for a slow receiver."""
MOST = 200
"""Messages to one endpoint in one round, so that a long queue lets the others have their turn."""


def deliver(now: datetime | None = None) -> int:
    """Send what is due; returns how many messages were taken. May be killed at any point and run again, also twice."""
    started, done = time.monotonic(), 0
    by = Viewer(worker_id=None, name=SERVICE, service=SERVICE)
    with served(SERVICE):
        acts.drop_what_has_no_address(by=by, at=now or clock.now())
    for endpoint in queries.posts(by, now or clock.now()):
        if time.monotonic() - started > RUN_SECONDS:
            break
        with acts.turn(endpoint.id, by=by) as is_mine:
            if is_mine:
                done += _turn(endpoint, by, started, now)
    return done


def _turn(endpoint: Post, by: Viewer, started: float, now: datetime | None) -> int:
    """Everything one endpoint is sent in this round. What fails on our side is noted there and holds up no other."""
    with served(SERVICE):
        acts.number_waiting(endpoint_id=endpoint.id, by=by, at=now or clock.now())
    send = _files if endpoint.kind == EndpointKind.FILE else _messages
    try:
        return send(endpoint, by, started, now)
    except (OSError, SealBroken) as error:
        because = "key" if isinstance(error, SealBroken) else "disk"
        log.exception("endpoint %s: %s", endpoint.id, because)
        return _stuck(endpoint, because, by, now)
    except (DatabaseError, InterfaceError):
        raise
    except Exception:  # whatever it is, it is this endpoint's: the others have their turn
        log.exception("endpoint %s: broken", endpoint.id)
        return _stuck(endpoint, "ours", by, now)


def _stuck(endpoint: Post, because: str, by: Viewer, now: datetime | None) -> int:
    with served(SERVICE):
        acts.note_stuck(endpoint_id=endpoint.id, because=because, by=by, at=now or clock.now())
    return 0


def _messages(endpoint: Post, by: Viewer, started: float, now: datetime | None) -> int:
    done, rule = 0, patience(now or clock.now(), endpoint.county)
    with served(SERVICE):  # the database forgets at its end that this was the service that may read the secret
        secret = acts.secret_of(endpoint_id=endpoint.id, by=by)
    for _turn in range(MOST):
        message, at = queries.next_message(by, endpoint.id), now or clock.now()
        if message is None or not rule.is_due(message.try_at, at) or time.monotonic() - started > RUN_SECONDS:
            break
        began = time.monotonic()
        answer = _post(endpoint, message, secret, at)
        with served(SERVICE):
            state = acts.note_attempt(
                message_id=message.id, status=answer.status, because=answer.because,
                milliseconds=int((time.monotonic() - began) * 1000), by=by, at=now or clock.now(),
            )  # fmt: skip
        if state == Going.WAITING:
            break
        done += state == Going.SENT
    return done


def _post(endpoint: Post, message: Message, secret: bytes, at: datetime) -> Answer:
    content = body(message)
    headers = {"Content-Type": MEDIA_TYPE, "User-Agent": "Anwang", **sign(secret, content, at)}
    return post(endpoint.address, content, headers, private=settings.OUTBOX_PRIVATE)


def _files(endpoint: Post, by: Viewer, started: float, now: datetime | None) -> int:
    # Of this endpoint alone: one that takes its place on the same day must not write over its files.
    folder, done = settings.DATA / "outbox" / endpoint.system / f"{endpoint.county}-{endpoint.id.hex[-8:]}", 0
    for day in queries.days_to_write(by, endpoint.id):
        messages = queries.messages_of_day(by, endpoint.id, day)
        write_day(folder, day, messages)
        waiting = [message.id for message in messages if message.is_waiting]
        with served(SERVICE):
            done += acts.note_written(message_ids=waiting, by=by, at=now or clock.now())
    return done
