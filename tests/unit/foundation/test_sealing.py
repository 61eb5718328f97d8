import json
import stat
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.foundation import sealing
from anwang.foundation.sealing import Keyring, KeyringUnusable, SealBroken

RING = Keyring.fresh()
CONTEXT = "people.identifier.value:1"


@pytest.fixture(autouse=True)
def _no_keyring_from_outside(monkeypatch):
    monkeypatch.delenv(sealing.ENVIRONMENT, raising=False)


@given(st.text(st.characters()))
def test_opens_what_it_sealed(text):
    assert RING.open(RING.seal(text, CONTEXT), CONTEXT) == text
    assert RING.open(memoryview(RING.seal(text, CONTEXT)), CONTEXT) == text


def test_seals_differently_each_time_and_shows_nothing_of_the_text():
    assert RING.seal("A100000001", CONTEXT) != RING.seal("A100000001", CONTEXT)
    assert b"A1000" not in RING.seal("A100000001", CONTEXT)


@given(st.integers(0, 30), st.integers(1, 255))
def test_refuses_bytes_changed_anywhere(at, change):
    sealed = bytearray(RING.seal("秘密", CONTEXT))
    sealed[at] ^= change
    with pytest.raises(SealBroken, match="管理員"):
        RING.open(bytes(sealed), CONTEXT)


@pytest.mark.parametrize(
    "sealed",
    [b"", b"\x01", b"\x01\x00\x01", b"\x00" * 40, RING.seal("x", CONTEXT)[:-1]],
    # Sealing draws a nonce; workers must name the tests alike.
    ids=["empty", "version", "no nonce", "no version", "cut short"],
)
def test_refuses_what_was_never_sealed(sealed):
    with pytest.raises(SealBroken):
        RING.open(sealed, CONTEXT)


def test_refuses_a_value_moved_to_another_row_and_other_keys():
    sealed = RING.seal("秘密", CONTEXT)
    for ring, context in ((RING, "people.identifier.value:2"), (Keyring.fresh(), CONTEXT)):
        with pytest.raises(SealBroken):
            ring.open(sealed, context)
    with pytest.raises(ValueError, match="context"):
        RING.seal("秘密", "")


def test_old_versions_open_and_new_values_use_the_newest():
    newer = RING.with_new_key()
    sealed = newer.seal("秘密", CONTEXT)
    assert newer.open(RING.seal("秘密", CONTEXT), CONTEXT) == newer.open(sealed, CONTEXT) == "秘密"
    assert newer.lookup("A", "id") == RING.lookup("A", "id")
    with pytest.raises(SealBroken):
        RING.open(sealed, CONTEXT)


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_lookup_finds_the_same_text_for_the_same_purpose_only(text, purpose, other_text, other_purpose):
    same = (text, purpose) == (other_text, other_purpose)
    assert (RING.lookup(text, purpose) == RING.lookup(other_text, other_purpose)) is same
    assert len(RING.lookup(text, purpose)) == 32


def test_makes_the_file_for_its_owner_only_and_reads_it_again(tmp_path):
    path = tmp_path / "keys" / "ring.json"
    made = Keyring.from_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Keyring.from_file(path) == made
    assert [one.name for one in path.parent.iterdir()] == ["ring.json"]


def test_processes_starting_at_once_get_the_same_keys(tmp_path):
    rings: list[Keyring] = []
    threads = [threading.Thread(target=lambda: rings.append(Keyring.from_file(tmp_path / "ring"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rings) == 8
    assert all(ring == rings[0] for ring in rings)


def test_refuses_a_file_that_others_may_read(tmp_path):
    path = tmp_path / "ring"
    Keyring.from_file(path)
    path.chmod(0o640)
    with pytest.raises(KeyringUnusable, match="chmod 600"):
        Keyring.from_file(path)


def test_the_environment_comes_before_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv(sealing.ENVIRONMENT, RING.to_json())
    assert Keyring.from_file(tmp_path / "ring") == RING
    assert not (tmp_path / "ring").exists()


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "secret",
        '{"keys": {}, "lookup": ""}',
        '{"keys": {"1": "c2VjcmV0"}, "lookup": "c2VjcmV0"}',
        '{"keys": {"x": "c2VjcmV0"}, "lookup": "c2VjcmV0"}',
        '{"keys": {"1": "secret!"}, "lookup": ""}',
    ],
)
def test_refuses_a_damaged_keyring_without_quoting_it(tmp_path, text):
    path = tmp_path / "ring"
    path.touch(0o600)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KeyringUnusable) as refused:
        Keyring.from_file(path)
    assert "secret" not in str(refused.value).replace("look-up secret", "")


def test_never_prints_keys():
    shown = f"{RING} {RING!r}"
    assert all(key not in shown for key in json.loads(RING.to_json())["keys"].values())


def test_derives_a_ring_from_one_secret():
    assert Keyring.from_secret(b"s" * 32) == Keyring.from_secret(b"s" * 32) != Keyring.from_secret(b"t" * 32)
    with pytest.raises(KeyringUnusable):
        Keyring.from_secret(b"short")
