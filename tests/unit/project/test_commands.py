from __future__ import annotations

import gettext
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from anwang.foundation import clock
from anwang.project import cli, demonstration, environment, messages
from anwang.project.postgres.binaries import NoServer

CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "值班"\nmsgstr "On duty"\n'


@pytest.fixture
def _true_clock() -> object:
    yield
    clock.set_offset(timedelta(0))


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_offers_only_commands_that_are_there(name: str) -> None:
    module, _, function = cli.COMMANDS[name].target.partition(":")
    assert callable(getattr(import_module(module), function))


def test_answers_a_wrong_command_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sing"]) == 2
    assert "there is no command sing" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["policy", "check"], ["policy", "show", "duty.often_pushed"]])
def test_ends_quietly_when_nobody_reads_the_rest(arguments: list[str]) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "anwang.project.cli", *arguments]
    ended = subprocess.run(command, stdout=writes, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(writes)
    assert (ended.returncode, ended.stderr) == (141, "")


def test_compiles_translations_and_only_those_that_changed(tmp_path: Path) -> None:
    source = tmp_path / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE, encoding="utf-8")
    assert messages.compile_all(tmp_path) == 1
    assert messages.compile_all(tmp_path) == 0
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("值班") == "On duty"


def test_names_the_catalogue_that_cannot_be_read(tmp_path: Path) -> None:
    source = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE + 'msgid "broken\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"django\.po"):
        messages.compile_all(tmp_path)


@pytest.mark.usefixtures("_true_clock")
def test_lives_at_the_date_the_demonstration_was_built_for(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text(json.dumps({"offset_seconds": -86400.0, "seed": 1}))
    demonstration.apply_clock(tmp_path)
    assert abs(clock.now() - datetime.now(UTC) + timedelta(days=1)) < timedelta(seconds=5)


def test_refuses_invented_people_outside_a_demonstration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANWANG_DEMO")
    with pytest.raises(NoServer, match="only for a demonstration"):
        demonstration.build(tmp_path, None, 1, if_empty=True)


def test_refuses_a_clock_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(NoServer, match="2026-03-07T23:40"):
        demonstration.build(tmp_path, "yesterday", 1, if_empty=True)


def test_refuses_a_clock_ahead_of_the_true_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANWANG_DEMO", "1")
    with pytest.raises(NoServer, match="ahead"):
        demonstration.build(tmp_path, "2999-01-01T00:00", 1, if_empty=True)
    assert not list(tmp_path.iterdir())


def test_installs_anew_when_lock_or_place_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1\n")
    before = environment.fingerprint(lock)
    lock.write_text("a==2\n")
    assert environment.fingerprint(lock) != before
    lock.write_text("a==1\n")
    assert environment.fingerprint(lock) == before
    monkeypatch.setattr(environment, "HOME", tmp_path)
    assert environment.fingerprint(lock) != before
