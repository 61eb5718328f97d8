"""A process that kills itself at a chosen point: `python -m tests.unit.disclosure.dying write|replay JSON`."""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import django


def _die(*_given: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise SystemExit  # never reached


def main(act: str, told: dict[str, object]) -> None:
    """Dies while a new entry is being written, or after the first entry that waits is in the record."""
    django.setup()
    from django.conf import settings
    from django.db import connection

    from anwang.disclosure import jobs, spool
    from anwang.foundation import clock

    settings.DATA = Path(str(told["data"]))
    connection.settings_dict.update(told["database"])  # type: ignore[call-overload]
    now = datetime.fromisoformat(str(told["now"]))
    with clock.frozen(now):
        if act == "write":
            os.fsync = _die
            spool.write(at=now, worker=uuid4(), unit=uuid4(), county="99001", family=None, files=(uuid4(),),
                        reason="life_threat", words="寫到一半")  # fmt: skip
        else:
            spool.put_aside = _die  # type: ignore[assignment]
            jobs.replay()


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
