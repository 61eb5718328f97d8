"""The keys of an installation by name, as they lie in one file outside the database, and the keyrings made of them.

`seals` alone is a ring that was never rotated: version 1 and the look-up key are derived from that one secret. Once
rotated it stands as `seals.1`, `seals.2` … and `seals.lookup.1`, each 32 bytes, so that a version can leave for good.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from secrets import token_bytes

from .sealing import Keyring, derived

_LOOKUP = "lookup"


class Ring(dict[str, bytes]):
    """Named keys of 32 bytes that follow their file: a process that runs on uses a new key at its next value."""

    def __init__(self, keys: Mapping[str, bytes], path: Path | None = None, read: Callable[[Path], Ring] | None = None):
        super().__init__(keys)
        self._path, self._read = path, read
        self._seen = self._stamp()

    def renew(self) -> None:
        """Take what the file holds now, if it was replaced. A file that is away or damaged changes nothing."""
        stamp = self._stamp()
        if stamp == self._seen or self._path is None or self._read is None or stamp is None:
            return
        try:
            now = self._read(self._path)
        except (OSError, ValueError, KeyError, TypeError):
            return
        self._seen = stamp
        for gone in self.keys() - now.keys():
            del self[gone]
        self.update(now)

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat() if self._path else None
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_ino, found.st_size) if found else None


_made: dict[str, tuple[tuple[tuple[str, bytes], ...], Keyring]] = {}


def keyring(ring: Mapping[str, bytes], name: str) -> Keyring:
    """The keyring `name` as its keys are at this instant."""
    if isinstance(ring, Ring):
        ring.renew()
    dotted = f"{name}."
    entries = tuple((key, ring[key]) for key in ring if key == name or key.startswith(dotted))
    kept = _made.get(name)
    if kept is None or kept[0] != entries:
        kept = _made[name] = (entries, _keyring(dict(entries), name))
    return kept[1]


def spread(ring: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """The entries of `name` with every version by itself, ready for adding and removing versions."""
    made = keyring(ring, name)
    entries = {f"{name}.{version}": key for version, key in made.keys.items()}
    entries |= {f"{name}.{_LOOKUP}.{version}": key for version, key in made.lookups.items()}
    return {name: ring[name], **entries}


def with_new_version(ring: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """The whole ring with one version of `name` more, which new values use."""
    entries = spread(ring, name)
    version = max(keyring(ring, name).keys) + 1
    return {**ring, **entries, f"{name}.{version}": token_bytes(32)}


def without_version(ring: Mapping[str, bytes], name: str, version: int) -> dict[str, bytes]:
    """The whole ring without one version of `name`; what it was once derived from goes too. Raises KeyError."""
    kept = {**ring, **spread(ring, name), name: token_bytes(32)}
    del kept[f"{name}.{version}"]
    return kept


def _keyring(entries: Mapping[str, bytes], name: str) -> Keyring:
    keys, lookups = {}, {}
    for entry, key in entries.items():
        *kind, version = entry.removeprefix(name).strip(".").split(".")
        if version.isdigit():
            (lookups if kind == [_LOOKUP] else keys)[int(version)] = key
    first, lookup = derived(entries[name])
    return Keyring(keys or {1: first}, lookups or {1: lookup})
