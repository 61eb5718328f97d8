import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.foundation import ring as rings
from anwang.foundation import sealing
from anwang.foundation.sealing import KeyMissing, Keyring, KeyringUnusable, SealBroken

RING = Keyring.fresh()
CONTEXT = "people.identifier.value:1"


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


def test_never_prints_keys():
    assert "b'" not in f"{RING} {RING!r}"


def test_derives_a_ring_from_one_secret():
    assert Keyring.from_secret(b"s" * 32) == Keyring.from_secret(b"s" * 32) != Keyring.from_secret(b"t" * 32)
    with pytest.raises(KeyringUnusable):
        Keyring.from_secret(b"short")


def test_says_which_version_is_missing_and_that_nothing_is_lost():
    with pytest.raises(KeyMissing, match=r"第2版金鑰.*資料還在"):
        RING.open(RING.with_new_key().seal("秘密", CONTEXT), CONTEXT)


def test_seals_words_that_lie_between_open_words():
    words = RING.seal_text("秘密", CONTEXT)
    assert sealing.is_sealed_text(words)
    assert "秘密" not in words
    assert (RING.open_text(words, CONTEXT), RING.open_text("公開", CONTEXT)) == ("秘密", "公開")
    assert sealing.version_of(sealing.sealed_bytes(words)) == 1
    with pytest.raises(SealBroken):
        RING.open_text("⟦1:?⟧", CONTEXT)


def test_a_ring_that_is_rotated_opens_what_it_sealed_and_finds_what_it_looked_up():
    before = {"seals": b"s" * 32, "audit": b"a" * 32}
    old = rings.keyring(before, "seals")
    sealed, found = old.seal("秘密", CONTEXT), old.lookup("A", "id")
    after = rings.with_new_version(before, "seals")
    new = rings.keyring(after, "seals")
    assert (new.version, new.open(sealed, CONTEXT), new.lookup("A", "id")) == (2, "秘密", found)
    assert sealing.version_of(new.seal("秘密", CONTEXT)) == 2
    assert after["audit"] == before["audit"]


def test_a_version_that_left_cannot_be_made_again_from_what_stays():
    before = {"seals": b"s" * 32}
    sealed, found = (
        rings.keyring(before, "seals").seal("秘密", CONTEXT),
        rings.keyring(before, "seals").lookup("A", "id"),
    )
    kept = rings.without_version(rings.with_new_version(before, "seals"), "seals", 1)
    assert b"s" * 32 not in kept.values()
    assert sealing.derived(b"s" * 32)[0] not in kept.values()
    after = rings.keyring(kept, "seals")
    assert (sorted(after.keys), after.lookup("A", "id")) == ([2], found)
    with pytest.raises(KeyMissing):
        after.open(sealed, CONTEXT)


def test_a_running_process_takes_the_new_key_and_keeps_the_old_ones_when_the_file_is_away(tmp_path):
    path = tmp_path / "keys"
    path.write_bytes(b"1" * 32)
    ring = rings.Ring({"seals": b"1" * 32}, path, lambda where: rings.Ring({"seals": where.read_bytes()}))
    path.write_bytes(b"2" * 33)
    ring.renew()
    assert ring["seals"] == b"2" * 33
    path.unlink()
    ring.renew()
    assert ring["seals"] == b"2" * 33
