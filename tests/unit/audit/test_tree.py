"""The tree is that of RFC 6962, and its proofs convince a witness who shares no code with it."""

from __future__ import annotations

import base64
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.audit import tree, witness
from anwang.audit.tree import Tree, consistency, inclusion, leaf, node, sums

# Test vectors of Certificate Transparency's reference implementation (merkletree): inputs and roots.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def mth(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node(mth(leaves[:k]), mth(leaves[k:]))


def of(size: int) -> list[bytes]:
    return [leaf(str(number).encode()) for number in range(size)]


def grown(leaves: list[bytes]) -> Tree:
    made = Tree()
    for one in leaves:
        made.add(one)
    return made


def test_gives_the_roots_everybody_gives() -> None:
    made = Tree()
    for told, root in zip(INPUTS, ROOTS, strict=True):
        made.add(leaf(bytes.fromhex(told)))
        assert made.root.hex() == root


@given(st.integers(0, 300), st.data())
def test_grows_on_from_its_edge(size: int, draw: st.DataObject) -> None:
    leaves = of(size)
    half = draw.draw(st.integers(0, size))
    first = grown(leaves[:half])
    again = Tree(half, first.edge)
    for one in leaves[half:]:
        again.add(one)
    assert again.root == mth(leaves) == grown(leaves).root
    assert all(mth(leaves[a:b]) == one for (a, b), one in again.parts().items())


def test_refuses_an_edge_of_another_size() -> None:
    with pytest.raises(ValueError, match="edge"):
        Tree(3, grown(of(4)).edge)


@given(st.integers(1, 200), st.data())
def test_proves_every_leaf_to_a_witness(size: int, draw: st.DataObject) -> None:
    leaves, index = of(size), draw.draw(st.integers(0, size - 1))
    path = sums(inclusion(index, size), {}, 0, leaves)
    proof = {"index": index, "size": size, "leaf": str(index), "path": [base64.b64encode(one) for one in path]}
    witness._included({"size": size, "root": mth(leaves)}, proof)
    with pytest.raises(witness.Wrong):
        witness._included({"size": size, "root": mth(leaves)}, proof | {"leaf": "another"})


@given(st.integers(0, 200), st.integers(0, 200))
def test_proves_that_a_tree_begins_with_another(one: int, other: int) -> None:
    size, later = sorted((one, other))
    leaves = of(later)
    first = grown(leaves[:size])
    proof = sums(consistency(size, later), first.parts(), size, leaves[size:])
    old = {"size": size, "root": first.root}
    new = {"size": later, "root": mth(leaves), "proof": proof}
    assert witness._consistent(old, new)
    if 0 < size < later:
        assert not witness._consistent(old | {"root": mth([*of(size)[::-1], leaf(b"x")])}, new)
        assert not witness._consistent(old, new | {"root": mth([leaf(b"changed"), *leaves[1:]])} | {"proof": proof})


def test_needs_two_sums_a_leaf_however_large_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []
    monkeypatch.setattr(tree, "node", lambda left, right: counted.append(1) or node(left, right))
    made = grown(of(1024))
    counted.clear()
    made.add(leaf(b"one more"))
    assert len(counted) <= 1
