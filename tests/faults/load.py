"""`python -m tests.faults.load action|form NAME ACK`: report after report by a worker on duty, until killed.

A line of ACK, on the disk after the answer, is what somebody was told: the report's mark. By action, a report with a
key is sent again until it is acknowledged, as another system does; one without, and one by the form, is sent once, as a
person does who saw an error. Marks stand in the narrative, so that every copy can be counted.
"""
# ruff: noqa: E402 - models can be imported only after setup

from __future__ import annotations

import http.client
import itertools
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

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


def by_form(name: str) -> Iterator[str]:
    """The page /reports/new, posted as a browser does; acknowledged when it leads on."""
    session = (Path(os.environ["DATA"]) / "session").read_text(encoding="ascii")
    token = "c" * 32
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    for number in itertools.count():
        mark = f"{name}-{number}"
        now = clock.local(clock.now())
        given = {
            "received_at_day": f"{now.year - 1911}/{now.month}/{now.day}", "received_at_time": f"{now:%H:%M}",
            "channel": "phone", "narrative": mark, "people": "1", "p0-role": "child", "p0-name": "江語彤",
        }  # fmt: skip
        if _post(urlencode(given), headers):
            yield mark
        else:
            time.sleep(PAUSE)


def _post(body: str, headers: dict[str, str]) -> bool:
    site = http.client.HTTPConnection("127.0.0.1", int(os.environ["PORT"]), timeout=30)
    try:
        site.request("POST", "/reports/new", body, headers)
        return site.getresponse().status == 302
    except (OSError, http.client.HTTPException):
        return False
    finally:
        site.close()


def main(way: str, name: str, path: str) -> None:
    with open(path, "a", encoding="utf-8") as acknowledged:
        for mark in {"action": by_action, "form": by_form}[way](name):
            acknowledged.write(f"{mark}\n")
            acknowledged.flush()
            os.fsync(acknowledged.fileno())
            time.sleep(PAUSE)


if __name__ == "__main__":
    die_with_parent(os.getppid(), signal.SIGKILL)
    main(*sys.argv[1:])
