"""Taking one event: the token says which system it is, the signature that nobody changed or kept the message."""

from __future__ import annotations

from typing import Any  # JSON

from django.http import HttpRequest

from anwang.access.viewer import Viewer, service_viewer
from anwang.exchange import signing
from anwang.exchange.api.bodies import Body
from anwang.exchange.api.problems import Problem
from anwang.foundation import clock
from anwang.systems.actions.hearing import secrets_of, take_event
from anwang.systems.admission import Admitted
from anwang.systems.timing import window

from . import reading

SERVICE = "events"
LARGEST = 64 * 1024
TAKES = ("application/cloudevents+json", "application/json")


def receive(request: HttpRequest, sent: Body, by: Admitted, rest: str) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Keep one event inside the caller's transaction. The same id again is answered alike and changes nothing."""
    now = clock.now()
    stamp, signature = request.headers.get(signing.TIMESTAMP, ""), request.headers.get(signing.SIGNATURE, "")
    service_viewer(SERVICE, at=now)  # from here on the database lets secrets of endpoints be read
    viewer = Viewer(worker_id=None, name=by.viewer.name, county=by.viewer.county, service=SERVICE)
    secrets = secrets_of(system_id=by.system_id, county=viewer.county, by=viewer)
    if not any(signing.is_signed(secret, sent.written, stamp, signature) for secret in secrets):
        raise Problem("unsigned")
    if not signing.is_fresh(stamp, now, window(now)):
        raise Problem("stale")
    came = reading.event(sent.json(), sent.written)
    take_event(system_id=by.system_id, came=came, by=viewer, at=now)
    return 202, {"id": str(came.event_id), "status": "received"}, {}
