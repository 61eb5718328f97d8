"""The file of a backup: a zip of its parts, a manifest that names each with its sum, and the manifest's signature."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from anwang.project.postgres.binaries import NoServer

FORMAT = 1
DUMP, MANIFEST, SIGNATURE = "database.dump", "manifest.json", "manifest.sig"
BESIDE = ("demo.json",)
"""Files of the data directory without which its database would mean something else; the keys go their own way."""
PIECE = 1024 * 1024
_PURPOSE = b"anwang backup 1|"
_NOT_WHOLE = "{} is no whole backup: it was cut off or changed. Use another one."


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner alone that is there whole or not at all, and never in place of another.

    What a killed run left half is removed. Raises NoServer with a sentence when it cannot be written.
    """
    _clear_halves(path.parent)
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}.half")
    try:
        if path.exists():
            raise FileExistsError
        with open(os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
            file.flush()
            os.fsync(file.fileno())
            # link, unlike rename, does not replace what came there meanwhile.
            os.link(half, path)
        _settle(path.parent)
    except FileExistsError:
        raise NoServer(f"{path} is there already and is not overwritten: choose another name.") from None
    except OSError as error:
        raise NoServer(
            f"{path} could not be written ({error.strerror}): nothing half is left. Make room or choose another disk."
        ) from None
    finally:
        half.unlink(missing_ok=True)


class Writer:
    """Puts parts into a new backup, summing each on its way; to be left before its file is closed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        self.parts: dict[str, dict[str, int | str]] = {}

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        # After an error (a full disk) its end cannot be written either, and the file is thrown away.
        with contextlib.suppress(*((OSError, ValueError) if kind else ())):
            self._zip.close()

    @contextmanager
    def part(self, name: str) -> Iterator[Part]:
        with self._zip.open(name, "w", force_zip64=True) as target:
            part = Part(target)
            yield part
        self.parts[name] = {"bytes": part.size, "sha256": part.digest.hexdigest()}

    def finish(self, manifest: dict[str, Any], key: bytes) -> None:
        """The manifest last: a file without it is no backup."""
        body = json.dumps({"format": FORMAT, **manifest, "parts": self.parts}, ensure_ascii=False, indent=1).encode()
        self._zip.writestr(MANIFEST, body)
        self._zip.writestr(SIGNATURE, Ed25519PrivateKey.from_private_bytes(key).sign(_PURPOSE + body))


class Part:
    """What is written to it is counted and summed."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target, self.size, self.digest = target, 0, hashlib.sha256()

    def write(self, data: bytes) -> None:
        self._target.write(data)
        self.digest.update(data)
        self.size += len(data)


class Backup:
    """A backup that is there: its manifest, and its parts once they have been found untouched."""

    def __init__(self, path: Path) -> None:
        """Raises NoServer when there is none, or when it was cut off."""
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise NoServer(f"{path} cannot be read ({error.strerror}): check its name and rights.") from None
        except zipfile.BadZipFile:
            raise NoServer(_NOT_WHOLE.format(path)) from None
        try:
            self._manifest = self._zip.read(MANIFEST)
            self._signature = self._zip.read(SIGNATURE)
            self.manifest: dict[str, Any] = json.loads(self._manifest)
        except (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError):
            self._zip.close()
            raise NoServer(_NOT_WHOLE.format(path)) from None
        if self.manifest.get("format") != FORMAT:
            self.close()
            raise NoServer(f"{path} was made by a newer version: restore it with that one.")

    def close(self) -> None:
        self._zip.close()

    def faults(self, key: bytes) -> list[str]:
        """Every part that is missing, too many or not as it was written, by name; and the manifest itself."""
        public = Ed25519PrivateKey.from_private_bytes(key).public_key()
        found = []
        try:
            public.verify(self._signature, _PURPOSE + self._manifest)
        except InvalidSignature:
            found.append(f"{MANIFEST} was changed: its signature does not fit")
        there, parts = set(self._zip.namelist()) - {MANIFEST, SIGNATURE}, self.manifest["parts"]
        found += [f"{name} is missing" for name in sorted(set(parts) - there)]
        found += [f"{name} does not belong to it" for name in sorted(there - set(parts))]
        found += [f"{name} was changed" for name in sorted(there & set(parts)) if not self._is_as_written(name)]
        return found

    def read(self, name: str) -> bytes:
        return self._zip.read(name)

    def stream(self, name: str) -> IO[bytes]:
        return self._zip.open(name)

    def _is_as_written(self, name: str) -> bool:
        digest, size = hashlib.sha256(), 0
        try:
            with self._zip.open(name) as part:
                while data := part.read(PIECE):
                    digest.update(data)
                    size += len(data)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError):
            return False
        return {"bytes": size, "sha256": digest.hexdigest()} == self.manifest["parts"][name]


def _clear_halves(folder: Path) -> None:
    """Whoever is still writing holds a lock; the rest was left by killed runs."""
    for half in folder.glob(".*.half"):
        with contextlib.suppress(OSError), half.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            half.unlink()


def _settle(folder: Path) -> None:
    """The name too must outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
