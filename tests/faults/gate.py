"""`gunicorn … tests.faults.gate:application`: a page that says what it got, to try what stands in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def application(environ: dict[str, Any], start: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    """`/big` answers with 40 MB; everything else with method, path, bytes of body, and why a body was not taken.

    With the header `X-Wait` it first waits until that named pipe was written to.
    """
    if "HTTP_X_WAIT" in environ:
        Path(environ["HTTP_X_WAIT"]).read_bytes()
    size = 0
    while data := environ["wsgi.input"].read(65536):
        size += len(data)
    told = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {size} {environ.get('HTTP_X_BODY_REFUSED', '')}"
    body = b"x" * (40 * 1024 * 1024) if environ["PATH_INFO"] == "/big" else told.strip().encode("latin-1")
    status = "413 Too Large" if environ.get("HTTP_X_BODY_REFUSED") else "200 OK"
    start(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
