"""`gunicorn … tests.faults.hurried:application`: the same page behind a gate that gives a head one second only."""

from __future__ import annotations

from anwang.project.front import line, worker

from .gate import application

__all__ = ["application"]
line.HEAD_SECONDS = worker.HEAD_SECONDS = 1.0
