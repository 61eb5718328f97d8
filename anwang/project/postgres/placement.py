"""Decide where a server's data lies and as whom it runs; PostgreSQL refuses to run as root."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TETHER = Path(__file__).with_name("tether.py")
ACCOUNTS = ("postgres", "nobody")
REFUGE = Path("/var/tmp")  # noqa: S108 - a directory of ours is made inside, 0711 and owned by root


@dataclass(frozen=True)
class Placement:
    """`who` is the identity for `tether`; `account` owns the data when it is not ours; `remark` is told to the user."""

    data: Path
    bin: Path
    major: int
    who: str
    account: tuple[int, int] | None = None
    remark: str = ""


def refuge(base: Path) -> Path:
    """Where data goes when the server's account can enter neither `base` nor a user namespace."""
    return REFUGE / f"anwang-{hashlib.sha256(os.fsencode(base)).hexdigest()[:12]}"


def place(base: Path, programs: Path, major: int) -> Placement:
    """As ourselves; as root: as another account, else in a user namespace, else in a directory all can enter.

    A data directory that exists keeps the identity it was made with.
    """
    data = base / f"pg{major}"
    if os.geteuid() != 0:
        return Placement(data, programs, major, "same")
    name, uid, gid = _account()
    as_account = f"user:{uid}:{gid}"
    in_namespace = Placement(data, programs, major, f"namespace:{uid}:{gid}")
    if data.exists():
        if data.stat().st_uid == 0:
            return in_namespace
        owner = data.stat()
        return Placement(data, programs, major, f"user:{owner.st_uid}:{owner.st_gid}", (owner.st_uid, owner.st_gid))
    shelter = refuge(base)
    if not shelter.exists():
        if _can_enter(uid, gid, base) and _can_run(uid, gid, programs):
            return Placement(data, programs, major, as_account, (uid, gid), f", as user {name}")
        if _namespaces_work(in_namespace.who, programs):
            return in_namespace
    return _in_refuge(shelter, programs, major, (uid, gid))


def _in_refuge(shelter: Path, programs: Path, major: int, account: tuple[int, int]) -> Placement:
    shelter.mkdir(exist_ok=True)
    os.chmod(shelter, 0o711)  # noqa: S103 - the account must pass through, and cannot list it
    if not _can_run(*account, programs):
        programs = _copy_programs(programs, shelter)
    who = f"user:{account[0]}:{account[1]}"
    remark = " (the server's account cannot enter the checkout)"
    return Placement(shelter / f"pg{major}", programs, major, who, account, remark)


def _account() -> tuple[str, int, int]:
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return name, entry.pw_uid, entry.pw_gid
    return "65534", 65534, 65534


def _can_enter(uid: int, gid: int, directory: Path) -> bool:
    command = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(directory)]
    return _succeeds_as(uid, gid, command)


def _can_run(uid: int, gid: int, programs: Path) -> bool:
    return _succeeds_as(uid, gid, [str(programs / "postgres"), "--version"])


def _succeeds_as(uid: int, gid: int, command: list[str]) -> bool:
    try:
        done = subprocess.run(command, user=uid, group=gid, extra_groups=[], cwd="/", capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _namespaces_work(who: str, programs: Path) -> bool:
    if sys.platform != "linux":
        return False
    command = [sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), "9", who, "--"]
    return (
        subprocess.run([*command, str(programs / "postgres"), "--version"], capture_output=True, check=False).returncode
        == 0
    )


def _copy_programs(programs: Path, shelter: Path) -> Path:
    """Copy the installation so that the account can read it, with the libraries a wheel keeps beside the package."""
    target = shelter / "programs"
    shutil.rmtree(target, ignore_errors=True)
    package = programs.parents[1]
    shutil.copytree(programs.parent, target / package.name / programs.parent.name, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    return target / package.name / programs.parent.name / "bin"
