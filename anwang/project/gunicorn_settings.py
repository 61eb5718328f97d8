"""Settings for gunicorn: processes that compute one request each; two for every core, because they also wait.

Each stands behind `anwang.project.front`, which reads and writes for it: slow callers keep none busy, and a process
that computes leaves new callers to the others. Threads of one process would wait for each other instead of for the
database: with four of them a page cost half as much again (docs/adr/0074).
"""

from __future__ import annotations

import gc
import os
import signal
from typing import Any  # gunicorn's own objects are untyped

from gunicorn.glogging import Logger

from anwang.project.logs import JsonFormatter
from anwang.project.postgres.tether import die_with_parent

worker_class = "anwang.project.front.worker.FrontWorker"
workers = max(4, 2 * (os.cpu_count() or 1))
threads = 1
preload_app = True
timeout = 60
graceful_timeout = 10
keepalive = 5
proc_name = "anwang"
control_socket_disable = True
loglevel = "warning"
# No access log: addresses of pages name records. What was read is in the audit trail, for those who may see that.
accesslog = None
# A head larger than this is no browser's; the front refuses 64 KB before gunicorn reads any of it.
limit_request_fields = 100
limit_request_field_size = 16 * 1024
# Files go the same way as everything else: through the front, which never waits for a slow reader.
sendfile = False
GARBAGE = (10_000, 20, 100)
"""Python looks for garbage after 700 new objects; a page makes some thousand, and leaves none in circles."""


class JsonLogger(Logger):
    """The server's own lines in the form of all others (`anwang.project.logs`)."""

    def _set_handler(self, log: Any, output: Any, fmt: Any, stream: Any = None) -> None:
        super()._set_handler(log, output, JsonFormatter(), stream)


logger_class = JsonLogger


def when_ready(server: Any) -> None:
    """Drop what preloading opened: a database connection must not be shared. What is there now is no garbage."""
    from django.db import connections

    connections.close_all()
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """A worker does not outlive the master, however that ends."""
    die_with_parent(os.getppid(), signal.SIGTERM)
    gc.set_threshold(*GARBAGE)
