"""What must hold of the files as they lie in the repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, below, files

ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PLACES = re.compile(r"(?<![\w.])/(?:home|Users|work)/\w|(?<![\w.])/root/\w")
TEXT = (".py", ".md", ".toml", ".yaml", ".yml", ".html", ".css", ".js", ".po", ".sh", ".json", ".txt", "")


def test_locks_without_naming_an_index_or_a_host() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="ascii")
        assert not re.findall(r"https?:|index-url|find-links|trusted-host", text)
        pinned = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
        assert pinned
        assert len(pinned) == len(re.findall(r"\\\n    --hash=.*(?<!\\)\n(?!    )", text)), "each has a hash"


def test_names_no_place_of_one_machine() -> None:
    texts = [path for path in files() if path.suffix in TEXT and path.name != "test_repository.py"]
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in texts
        for match in PLACES.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_collects_every_file_under_tests() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in below("tests", ".py")}
    everything = "\n".join([*sources.values(), (ROOT / "Makefile").read_text(encoding="utf-8")])
    idle = []
    for path, text in sources.items():
        if path.name in {"conftest.py", "__init__.py", "settings.py"}:
            continue
        if path.name.startswith("test_"):
            used = bool(re.search(r"^\s*def test_|\.TestCase$|^    @rule", text, re.MULTILINE))
        else:
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            package, _, name = module.rpartition(".")
            used = module in everything or bool(
                re.search(rf"from {re.escape(package)} import .*\b{name}\b|^from \.{name} import", everything, re.M)
            )
        if not used:
            idle.append(path)
    assert not idle


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_writes_decisions_in_one_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    number = path.name.split("-", 1)[0]
    assert re.match(rf"# {number}: \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences", "How it is enforced"]


def test_gives_each_decision_a_number_of_its_own() -> None:
    numbers = [path.name[:4] for path in ADRS]
    assert len(numbers) == len(set(numbers))


def test_hides_no_failing_recipe() -> None:
    for name in ("Makefile", ".ci/run", ".ci/browser"):
        assert not re.search(r"\|\|\s*(true|:|echo[^;]*$)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert re.search(r"^exec make test$", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
