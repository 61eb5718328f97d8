"""Make or refresh `.venv` from the hashed lock: `python3.11 anwang/project/environment.py [test]`.

Runs before anything is installed, so: standard library only. Does nothing when the lock, the interpreter and the place
of the checkout are those of the last complete run; a run that was cut short is simply done again.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
LOCKS = {"serve": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}
QUIET = ["--disable-pip-version-check", "--no-input", "--progress-bar=off", "--quiet", "--root-user-action=ignore"]


def say(line: str) -> None:
    print(f"anwang: {line}", file=sys.stderr, flush=True)


def fingerprint(lock: Path) -> str:
    """What the environment depends on. The path is in it because installed commands name their interpreter."""
    digest = hashlib.sha256()
    for part in (lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(HOME).encode(), sys.version.encode()):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def make_environment() -> None:
    """An environment with pip in it; one that does not work any more is made anew."""
    if _works([str(PYTHON), "-m", "pip", "--version"]):
        return
    say("making the Python environment in .venv")
    try:
        venv.EnvBuilder(with_pip=True, clear=True, symlinks=True).create(HOME)
    except subprocess.CalledProcessError:
        sys.exit(
            "anwang: Python cannot make environments here: run `apt-get install python3-venv` as root, then try again."
        )
    except OSError as error:
        sys.exit(f"anwang: .venv cannot be made ({error.strerror}): free some disk space, then try again.")


def install(arguments: list[str]) -> None:
    done = subprocess.run(
        [str(PYTHON), "-m", "pip", "install", *QUIET, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return
    print(done.stderr[-2000:], file=sys.stderr)
    if "No space left" in done.stderr:
        sys.exit("anwang: the disk is full: free 500 MB, then run make again.")
    sys.exit(
        "anwang: the packages could not be installed: check the network or pip's mirror settings, then run make again."
    )


def main(kind: str) -> None:
    lock, stamp = LOCKS[kind], HOME / f"installed-{kind}"
    wanted = fingerprint(lock)
    # One at a time, by a lock on the checkout itself: nothing to leave behind.
    place = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(place, fcntl.LOCK_EX)
    # What tests need has all that serving needs.
    if PYTHON.exists() and any(_is_installed(one) for one in {kind, "test"}):
        return
    make_environment()
    for old in HOME.glob("installed-*"):
        old.unlink()
    say(f"installing the packages of {lock.name} (a minute on a slow network)")
    install(["--require-hashes", "-r", str(lock)])
    install(["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)])
    half = stamp.with_suffix(".new")
    half.write_text(wanted)
    half.rename(stamp)


def _is_installed(kind: str) -> bool:
    stamp = HOME / f"installed-{kind}"
    return stamp.exists() and stamp.read_text() == fingerprint(LOCKS[kind])


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "serve")
