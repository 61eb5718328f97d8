"""When a report came to whoever sends it: an hour that has not come loses no report, but nothing starts there."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from anwang.foundation import clock


def came(at: datetime, written: str) -> tuple[datetime, list[str]]:
    """The instant to count from, and a remark for sender and screener where that is now instead of what was `written`.

    Not refused: behind a wrong clock or time zone stands a child, and a refusal lies in a queue that nobody reads.
    """
    now = clock.now()
    if at <= now:
        return at, []
    return now, [_("來文的接獲時間%(time)s在未來，從收到時起算。請校正時鐘與時區。") % {"time": written[:35]}]
