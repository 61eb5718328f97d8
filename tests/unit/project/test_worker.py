from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from anwang.project import worker
from tests.database import Connect


@pytest.mark.parametrize("job", worker.JOBS, ids=lambda job: job.target)
def test_knows_only_jobs_that_are_there(job: worker.Job) -> None:
    module, _, function = job.target.partition(":")
    assert callable(getattr(import_module(module), function))


@pytest.mark.parametrize("job", worker.JOBS, ids=lambda job: job.target)
def test_does_its_jobs_on_an_empty_county(job: worker.Job, committed_db: str) -> None:
    assert worker.run(job)


def test_survives_a_job_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    assert not worker.run(worker.Job("anwang.foundation.clock:local", every=1))
    assert "anwang.foundation.clock:local failed" in caplog.text


def test_does_each_job_once_and_says_when_it_could_not(
    committed_db: str, app_connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[worker.Job] = []
    monkeypatch.setattr(worker, "run", lambda job: done.append(job) or job is not worker.JOBS[3])  # type: ignore[func-returns-value]
    assert worker.main(["--once"]) == 1
    assert done == list(worker.JOBS)
    monkeypatch.setattr(worker, "run", lambda job: True)
    assert worker.main(["--once"]) == 0
    connection.close()
    other = app_connect(autocommit=True)
    other.execute("SELECT pg_advisory_lock(%s)", [worker.ADVISORY_LOCK])
    assert worker.main(["--once"]) == 1


def test_lets_one_process_work_at_a_time(committed_db: str, app_connect: Connect) -> None:
    other = app_connect(autocommit=True)
    other.execute("SELECT pg_advisory_lock(%s)", [worker.ADVISORY_LOCK])
    assert not worker._is_ours()
    other.execute("SELECT pg_advisory_unlock(%s)", [worker.ADVISORY_LOCK])
    assert worker._is_ours()
    assert worker._is_ours()
