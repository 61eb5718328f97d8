"""`make faults` (N=100, SEED=1): kill that many things under load; a table of what was told and what was found.

SIGTERM ends it after the kill that is going on, and counts all the same.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from tests.faults.campaign import TARGETS, Campaign
from tests.faults.counting import LINES, Round
from tests.faults.ground import Ground

HEAD = f"{'killed':<18}{'times':>6}{'longest until it answered':>27}{'lost':>6}{'twice':>7}{'torn':>6}{'findings':>10}"


def main(kills: int, seed: int) -> int:
    """0 when nothing told was lost, doubled or torn, verify found nothing and nothing was left running."""
    data = Path(tempfile.mkdtemp(prefix="anwang-faults-"))
    data.chmod(0o711)
    os.environ.update(DATA=str(data), DJANGO_SETTINGS_MODULE="anwang.project.settings")
    import django

    django.setup()
    ground = Ground(data)
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: stopped.append(number))
    began = time.monotonic()
    try:
        ground.found()
        campaign = Campaign(ground, seed)
        campaign.begin()
        assert ground.is_durable()
        for number in range(kills):
            if stopped:
                say("ended early: counting what there is")
                break
            made = campaign.random_round()
            say(f"{number + 1:>4}/{kills} {made.killed:<16} back after {made.back:5.1f} s, told {made.acknowledged:>5},"
                f" found {made.found:>5}{'' if made.is_clean else f'  BROKEN: {made}'}")  # fmt: skip
        campaign.finish()
        left = campaign.end()
    finally:
        ground.stop()
        ground.clear()
        shutil.rmtree(ground.cluster.socket, ignore_errors=True)
    clean = not left and all(made.is_clean for made in campaign.rounds)
    show(campaign, left, time.monotonic() - began)
    if clean:
        shutil.rmtree(data, ignore_errors=True)
    else:
        say(f"kept for looking: {data}")
    return 0 if clean else 1


def show(campaign: Campaign, left: dict[int, str], seconds: float) -> None:
    rounds = defaultdict[str, list[Round]](list)
    for made in campaign.rounds:
        rounds[made.killed].append(made)
    print(HEAD)
    for target in (*TARGETS, "(end)"):
        of = rounds[target]
        print(
            f"{target:<18}{len(of):>6}{max((made.back for made in of), default=0.0):>25.1f} s"
            f"{sum(made.lost for made in of):>6}{sum(made.duplicates for made in of):>7}"
            f"{sum(made.torn for made in of):>6}{sum(len(made.findings) for made in of):>10}"
        )
    end = campaign.rounds[-1]
    print(
        f"acknowledged={end.acknowledged} found={end.found} lost={end.lost} duplicates={end.duplicates} torn={end.torn}"
        f" verify findings={len(end.findings)} left running={len(left)} ({seconds:.0f} s)\n"
        f"brought in by processes: {len(campaign.taken) // LINES} files, {len(campaign.lists)} lists of {LINES}"
    )


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
