"""Become another program that cannot outlive its parent: `tether.py PARENT SIGNAL WHO -- PROGRAM ARG…`.

WHO is `same`, `user:UID:GID` (give up root for that user) or `namespace:UID:GID` (a user namespace in which
we appear as that user while files stay our own: for a checkout that no other user can enter). Standard library only,
started by file name, so that it is quick and does not depend on the package being importable.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000


def die_with_parent(parent: int, number: int) -> None:
    """Ask Linux to send us `number` when the parent ends, by kill -9 too; end now if it is gone already.

    The kernel ties it to the *thread* that forked us, so parents start children from their main thread.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def become(who: str) -> None:
    """Take the identity `who` names. Raises OSError when the machine does not allow it."""
    if who == "same":
        return
    kind, uid, gid = who.split(":")
    if kind == "user":
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
        return
    outside = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are not allowed here")
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {outside[0]} 1"),
        ("gid_map", f"{gid} {outside[1]} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(line)


def main(arguments: list[str]) -> None:
    parent, number, who = int(arguments[0]), int(arguments[1]), arguments[2]
    command = arguments[arguments.index("--") + 1 :]
    # The order matters: a change of identity makes the kernel forget the death signal.
    become(who)
    die_with_parent(parent, number)
    os.execv(command[0], command)  # noqa: S606 - becoming the program is the purpose


if __name__ == "__main__":
    main(sys.argv[1:])
