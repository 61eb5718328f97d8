"""What the program is made of: the parts list (CycloneDX) of its lock files, and whether a part has a known hole.

`python -m anwang.project.parts list` writes docs/compliance/sbom.cdx.json. `… audit` asks osv.dev about the locked
versions; `… audit --save FILE` keeps the answers, and `… audit --answers FILE` reads them where there is no network.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import urllib.request
from pathlib import Path
from typing import Any  # JSON as others write it
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"requirements.lock": "required", "requirements-test.lock": "excluded"}
LIST = ROOT / "docs" / "compliance" / "sbom.cdx.json"
OSV = "https://api.osv.dev/v1/querybatch"
_PART = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.M)


def locked() -> list[tuple[str, str, str]]:
    """(name, version, scope) of every locked part; what only tests need is `excluded`."""
    found: dict[tuple[str, str], str] = {}
    for lock, scope in LOCKS.items():
        for name, version in _PART.findall((ROOT / lock).read_text(encoding="utf-8")):
            found.setdefault((name.lower(), version), scope)
    return sorted((name, version, scope) for (name, version), scope in found.items())


def parts_list() -> str:
    """The parts list as JSON; the same locks give the same text."""
    digest = hashlib.sha256(b"".join((ROOT / lock).read_bytes() for lock in LOCKS)).hexdigest()
    components = [
        {
            "type": "library", "bom-ref": f"pkg:pypi/{name}@{version}", "name": name, "version": version,
            "scope": scope, "purl": f"pkg:pypi/{name}@{version}",
        }
        for name, version, scope in locked()
    ]  # fmt: skip
    told = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "anwang", "name": "anwang"},
                     "properties": [{"name": "anwang:locks-sha256", "value": digest}]},
        "components": components,
    }  # fmt: skip
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def holes(answers: dict[str, Any]) -> list[str]:
    """One line a part with known advisories, from an answer of osv.dev to `question()`."""
    lines = []
    for (name, version, _scope), answer in zip(locked(), answers["results"], strict=True):
        if ids := sorted(one["id"] for one in answer.get("vulns", ())):
            lines.append(f"{name} {version}: {', '.join(ids)}")
    return lines


def question() -> dict[str, Any]:
    """What osv.dev is asked."""
    return {"queries": [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version}
                        for name, version, _scope in locked()]}  # fmt: skip


def main(arguments: list[str]) -> int:
    """0 when no part has a known hole, 1 with those that have, 2 when it could not be asked."""
    parser = argparse.ArgumentParser(prog="anwang.project.parts")
    parser.add_argument("what", choices=["list", "audit"])
    parser.add_argument("--answers", type=Path, help="answers kept with --save, for a place without network")
    parser.add_argument("--save", type=Path, help="keep the answers")
    given = parser.parse_args(arguments)
    if given.what == "list":
        LIST.write_text(parts_list(), encoding="utf-8")
        return 0
    try:
        answers = json.loads(given.answers.read_bytes()) if given.answers else _asked()
        found = holes(answers)
    except (OSError, ValueError, KeyError) as error:
        print(f"anwang: known holes cannot be looked up here ({type(error).__name__}). Where there is a network run"
              " `audit --save FILE`, bring the file, and run `audit --answers FILE`.", file=sys.stderr)  # fmt: skip
        return 2
    if given.save:
        given.save.write_text(json.dumps(answers), encoding="utf-8")
    print("\n".join(found) or f"{len(locked())} parts, no known hole")
    return 1 if found else 0


def _asked() -> dict[str, Any]:
    body = json.dumps(question()).encode()
    request = urllib.request.Request(OSV, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        told: dict[str, Any] = json.loads(answer.read())
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
