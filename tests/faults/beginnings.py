"""`python -m tests.faults.beginnings SEED`: kill the making of a database and of a county, and make it all the same."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time

from tests.faults.ground import ROOT, Ground, place
from tests.faults.long import say

STEPS = {("migrate",): 25.0, ("demo", "build"): 60.0}
"""What is made, and within how many seconds of its start it is killed."""
KILLS = 4


def main(seed: int) -> int:
    """0 when what was killed again and again is whole in the end, and `anwang verify` finds nothing."""
    chance = random.Random(seed)
    with place() as data:
        ground = Ground(data)
        ground.environment |= {"ANWANG_DEMO": "1"}
        try:
            done = all(_made(ground, step, within, chance) for step, within in STEPS.items())
            found = ground.findings() if done else ["not made"]
        finally:
            ground.clear()
            shutil.rmtree(ground.cluster.socket, ignore_errors=True)
    say(f"verify findings={len(found)} {found[:3] if found else ''}")
    return 1 if found else 0


def _made(ground: Ground, step: tuple[str, ...], within: float, chance: random.Random) -> bool:
    """Kill it some times, then let it end; whether it did."""
    for _number in range(KILLS):
        making = subprocess.Popen(
            ground.command(*step), env=ground.environment, cwd=ROOT, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        after = chance.uniform(0.5, within)
        until = time.monotonic() + after
        while making.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        if making.poll() is not None:
            break
        if chance.random() < 0.5:
            ground.kill_everything()
        else:
            os.kill(making.pid, signal.SIGKILL)
        making.wait()
        say(f"killed `anwang {' '.join(step)}` after {after:.1f} s")
    again = [*step, "--if-empty"] if step[0] == "demo" else list(step)
    done = ground.run(ground.command(*again), 600)
    said = done.stderr.strip().splitlines()[-1:] or ["it was made before"]
    say(f"`anwang {' '.join(step)}` ended with {done.returncode}: {said[0]}")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
