"""The tree against the published vectors of Certificate Transparency and a slow recursive model."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noivu.audit import merkle

CT_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
CT_INCLUSION = {  # (leaf counted from 1, tree size): path, from the reference implementation's own tests
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (3, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}
CT_CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def slow_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + slow_root(leaves[:half]) + slow_root(leaves[half:])).digest()


def slow_path(number: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if number < half:
        return [*slow_path(number, leaves[:half]), slow_root(leaves[half:])]
    return [*slow_path(number - half, leaves[half:]), slow_root(leaves[:half])]


def stored(leaves: list[bytes]) -> dict[int, merkle.StoredLeaf]:
    frontier = merkle.Frontier()
    kept = {}
    for number, content in enumerate(leaves):
        leaf = merkle.leaf_hash(content)
        kept[number] = merkle.StoredLeaf(leaf, frontier.append(leaf))
    return kept


def path(spans: list[merkle.Span], leaves: list[bytes]) -> list[bytes]:
    """The proof from the stored rows that it names, and no others."""
    everything = stored(leaves)
    named = {number for span in spans for number in span.numbers()}
    return [span.root({n: everything[n] for n in named}) for span in spans]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert merkle.root_of(map(merkle.leaf_hash, CT_LEAVES[:size])).hex() == CT_ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(("case", "expected"), CT_INCLUSION.items())
def test_inclusion_proofs_are_those_of_certificate_transparency(case: tuple[int, int], expected: list[str]) -> None:
    leaf, size = case
    assert [p.hex() for p in path(merkle.inclusion_spans(leaf - 1, size), CT_LEAVES[:size])] == expected


@pytest.mark.parametrize(("case", "expected"), CT_CONSISTENCY.items())
def test_consistency_proofs_are_those_of_certificate_transparency(case: tuple[int, int], expected: list[str]) -> None:
    first, size = case
    assert [p.hex() for p in path(merkle.consistency_spans(first, size), CT_LEAVES[:size])] == expected


leaves_strategy = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


@given(leaves_strategy)
def test_the_frontier_agrees_with_the_definition(leaves: list[bytes]) -> None:
    frontier = merkle.Frontier()
    for content in leaves:
        frontier.append(merkle.leaf_hash(content))
    assert frontier.root() == slow_root(leaves)
    kept = stored(leaves)
    assert [kept[n].subtree for n in merkle.peak_numbers(len(leaves))] == frontier.peaks


@given(leaves_strategy, st.data())
def test_every_inclusion_proof_agrees_with_the_definition_and_verifies(
    leaves: list[bytes], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(leaves) - 1))
    proof = path(merkle.inclusion_spans(number, len(leaves)), leaves)
    assert proof == slow_path(number, leaves)
    leaf, root = merkle.leaf_hash(leaves[number]), slow_root(leaves)
    assert merkle.verify_inclusion(leaf, number, len(leaves), proof, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"another"), number, len(leaves), proof, root)
    assert not merkle.verify_inclusion(leaf, number, len(leaves), [*proof, root], root)


@given(leaves_strategy, st.data())
def test_every_consistency_proof_verifies_and_no_other_past_does(leaves: list[bytes], data: st.DataObject) -> None:
    first = data.draw(st.integers(1, len(leaves)))
    proof = path(merkle.consistency_spans(first, len(leaves)), leaves)
    older, newer = slow_root(leaves[:first]), slow_root(leaves)
    assert merkle.verify_consistency(first, len(leaves), older, newer, proof)
    forged = slow_root([*leaves[: first - 1], leaves[first - 1] + b"!"])
    assert not merkle.verify_consistency(first, len(leaves), forged, newer, proof)


@settings(max_examples=50)
@given(st.integers(1, 1 << 40), st.data())
def test_a_proof_in_a_huge_log_needs_few_rows(size: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, size - 1))
    rows = [n for span in merkle.inclusion_spans(number, size) for n in span.numbers()]
    assert len(rows) <= size.bit_length() ** 2 + 1
    assert all(0 <= n < size for n in rows)


@pytest.mark.parametrize(("number", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_it_refuses_a_proof_for_a_leaf_that_is_not_there(number: int, size: int) -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        merkle.inclusion_spans(number, size)
