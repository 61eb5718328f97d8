"""Walking the site as one account, noting of every answer what can be judged afterwards."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any  # what a view takes from a form

import psycopg
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from anwang.project.logs import JsonFormatter
from tests.pages.everywhere import places
from tests.pages.everywhere.closed_doors import text_of

LINKS = {"/cases/": 4, "/reports/": 4, "/people/": 4, "/families/": 4}
"""So many links of one shape found on pages are followed on top of the list of addresses; of other shapes one."""
NOT_COUNTED = re.compile(
    r"^(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)|django_session|access_viewer\(|FROM \"access_account\""
)
"""The frame of every request: transaction, session, account, viewer. What a page asks for itself is counted."""
_LINK = re.compile(r'href="(/[^"#]*)')
_WHICH = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|=[^&]*|(?<=^/policy/).*|[A-Z]?\d[\d-]*")
"""What tells pages of one shape apart."""


@dataclass(frozen=True)
class Answer:
    """One answer: where, what, and what it cost."""

    page: str
    path: str
    method: str
    status: int
    text: str
    headers: str
    log: str
    statements: list[str]
    readings: int
    """Traces left behind closed doors (zones safety, reporter, special)."""

    @property
    def all_of_it(self) -> str:
        return self.text + self.headers + self.log

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.page}) {self.status}"


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@dataclass
class Walker:
    """One account, or nobody, going through the site."""

    username: str
    eyes: psycopg.Connection[places.Row]
    language: str = "zh-hant"
    offered: dict[str, str] = field(default_factory=dict)
    """Links found on the way, and the page that offers each."""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def __post_init__(self) -> None:
        if self.username:
            account = get_user_model()._default_manager.get(username=self.username)
            if account.language != self.language:
                account.language = self.language
                account.save(update_fields=["language"])
            self.client.force_login(account)

    def ask(self, page: str, path: str, method: str = "GET", given: dict[str, Any] | None = None) -> Answer:
        """One request and all that came of it."""
        before = self._readings() if method == "POST" else 0
        with _statements() as statements, _log() as lines:
            response = getattr(self.client, method.lower())(path, given or {})
        return Answer(
            page, path, method, response.status_code, text_of(b"".join(response)),
            "\n".join(f"{name}: {value}" for name, value in response.items()), "\n".join(lines.lines),
            [one for one in statements if not NOT_COUNTED.search(one)],
            self._readings() - before if method == "POST" else 0,
        )  # fmt: skip

    def everywhere(self, addresses: dict[str, list[str]], *, links: bool = True) -> Iterator[Answer]:
        """Every address once, then links found on the way."""
        seen = set()
        for page, paths in addresses.items():
            for path in paths:
                answer = self.ask(page, path)
                seen.add(path)
                yield answer
                if answer.status == 405:
                    break
                for link in _LINK.findall(answer.text):
                    self.offered.setdefault(link.replace("&amp;", "&"), path)
        more = [link for link in self.offered if link not in seen and not link.startswith("/static/")]
        for path in _some_of_each_shape(more) if links else ():
            yield self.ask("link", path)

    def _readings(self) -> int:
        zones = "SELECT count(*) FROM audit_reading WHERE zone IN ('safety', 'reporter', 'special')"
        row = self.eyes.execute(zones).fetchone()
        assert row is not None
        return int(str(row[0]))


def _some_of_each_shape(paths: list[str]) -> Iterator[str]:
    """Paths that differ by more than a number, an id, a rule or a day, and `LINKS` of a shape."""
    counted = Counter[str]()
    for path in paths:
        shape = _WHICH.sub("", path)
        counted[shape] += 1
        if counted[shape] <= LINKS.get(shape, 1):
            yield path


@contextmanager
def _statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield said


@contextmanager
def _log() -> Iterator[_Lines]:
    lines, root = _Lines(), logging.getLogger()
    root.addHandler(lines)
    try:
        yield lines
    finally:
        root.removeHandler(lines)
