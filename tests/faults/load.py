"""`python -m tests.faults.load action|form|api|public|outbox NAME ACK`: report after report, until killed.

A line of ACK, on the disk after the answer, is what somebody was told: the report's mark. By action, a report with a
key is sent again until it is acknowledged, as by the interface another system does; one without, and one by either
form, is sent once, as a person does who saw an error. The public form is sent again with its own token, which makes it
one report. Marks stand in the narrative, so that every copy can be counted.
"""
# ruff: noqa: E402 - models can be imported only after setup

from __future__ import annotations

import http.client
import itertools
import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "anwang.project.settings"

import django

django.setup()

from django.db import Error, connection, transaction

from anwang.access.models import Account
from anwang.access.viewer import viewer_for
from anwang.foundation import clock
from anwang.intake.actions import receive_report
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn, ReportIn
from anwang.project.postgres.tether import die_with_parent
from anwang.systems.actions.endpoints import try_out

FORM = "application/x-www-form-urlencoded"
PAUSE = 0.05
"""Between two reports: the load is steady, and leaves the machine to those who answer."""


def by_action(name: str) -> Iterator[str]:
    for number in itertools.count():
        mark, keyed = f"{name}-{number}", number % 2 == 0
        while not _receive(mark, keyed=keyed):
            time.sleep(PAUSE)
            if not keyed:
                break
        else:
            yield mark


def _receive(mark: str, *, keyed: bool) -> bool:
    """One report in one transaction; whether it was committed as far as we were told."""
    report = ReportIn(
        received_at=clock.now(), channel="phone", narrative=mark, reporter=ReporterIn(name="鄰居"),
        persons=(PersonIn(role="child", name="江語彤", age_text="7歲"),),
        originals=(OriginalIn(mark.encode(), "text/plain"),),
    )  # fmt: skip
    key = {"sender": "load", "key": mark} if keyed else {}
    try:
        with transaction.atomic():
            worker = Account.objects.values_list("worker_id", flat=True).get(username="night")
            receive_report(report=report, by=viewer_for(worker), **key)
    except Error:
        connection.close()
        return False
    return True


def by_outbox(name: str) -> Iterator[str]:
    """A message to another system, written in one transaction; a loss of it would be a gap nobody sees."""
    endpoint = UUID((Path(os.environ["DATA"]) / "endpoint").read_text(encoding="ascii"))
    for number in itertools.count():
        try:
            with transaction.atomic():
                keeper = Account.objects.values_list("worker_id", flat=True).get(username="administrator")
                try_out(endpoint_id=endpoint, by=viewer_for(keeper), at=clock.now())
        except Error:
            connection.close()
            time.sleep(PAUSE)
        else:
            yield f"{name}-{number}"
        time.sleep(PAUSE * 4)


def by_form(name: str) -> Iterator[str]:
    """The page /reports/new, posted as a browser does; acknowledged when it leads on."""
    session = (Path(os.environ["DATA"]) / "session").read_text(encoding="ascii")
    token = "c" * 32
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token,
        "Content-Type": FORM,
    }  # fmt: skip
    for number in itertools.count():
        mark = f"{name}-{number}"
        now = clock.local(clock.now())
        given = {
            "received_at_day": f"{now.year - 1911}/{now.month}/{now.day}", "received_at_time": f"{now:%H:%M}",
            "channel": "phone", "narrative": mark, "people": "1", "p0-role": "child", "p0-name": "江語彤",
        }  # fmt: skip
        if _ask("POST", "/reports/new", urlencode(given), headers)[0] == 302:
            yield mark
        else:
            time.sleep(PAUSE)


def by_api(name: str) -> Iterator[str]:
    """`POST /api/v1/reports`, sent again until it is acknowledged; every other one known by its key alone."""
    plain = (Path(os.environ["DATA"]) / "token").read_text(encoding="ascii")
    headers = {"Authorization": f"Bearer {plain}", "Content-Type": "application/json"}
    for number in itertools.count():
        mark = f"{name}-{number}"
        body = {
            "received_at": clock.local(clock.now()).isoformat(timespec="seconds"), "narrative": mark,
            "reporter": {"name": "護理師", "category": "medical"}, "persons": [{"role": "child", "name": "江語彤"}],
        }  # fmt: skip
        known = {"number": mark} if number % 2 else {}
        key = {} if number % 2 else {"Idempotency-Key": mark}
        written = json.dumps({**body, **known})
        while _ask("POST", "/api/v1/reports", written, {**headers, **key})[0] not in (200, 201):
            time.sleep(PAUSE)
        yield mark


def by_public(name: str) -> Iterator[str]:
    """The form for everybody, with the token of its page until it says that it was taken."""
    for number in itertools.count():
        mark = f"{name}-{number}"
        # An hour's worth from one address is let in; this load must last as long as the others.
        time.sleep(PAUSE * 40)
        found = re.search(r'name="token" value="([^"]+)"', _ask("GET", "/report", "", {})[1])
        if not found:
            continue
        given = urlencode({"county": "99001", "what": mark, "name": "江語彤", "token": found[1], "receipt": "no"})
        while (told := _ask("POST", "/report", given, {"Content-Type": FORM})[0]) not in (200, 429):
            time.sleep(PAUSE)
        if told == 200:
            yield mark


def _ask(method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
    """Status and text of the answer; 0 when there was none."""
    site = http.client.HTTPConnection("127.0.0.1", int(os.environ["PORT"]), timeout=30)
    try:
        site.request(method, path, body.encode(), headers)
        answer = site.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        site.close()


def main(way: str, name: str, path: str) -> None:
    with open(path, "a", encoding="utf-8") as acknowledged:
        ways = {"action": by_action, "form": by_form, "api": by_api, "public": by_public, "outbox": by_outbox}
        for mark in ways[way](name):
            acknowledged.write(f"{mark}\n")
            acknowledged.flush()
            os.fsync(acknowledged.fileno())
            time.sleep(PAUSE)


if __name__ == "__main__":
    die_with_parent(os.getppid(), signal.SIGKILL)
    main(*sys.argv[1:])
