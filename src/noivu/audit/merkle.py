"""The Merkle tree of RFC 9162, section 2.1, over SHA-256: hashes, roots, proofs, and a frontier to append to.

A tree is stored as one row per leaf that carries two hashes: the leaf's own, and that of the *largest complete
subtree ending at the leaf* (as in a Fenwick tree). From these the root of any earlier size takes O(log n) rows, and
any proof O(log² n): nothing is ever recomputed from the start of the log.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """The hash of one leaf: SHA-256(0x00 ‖ content)."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """The roots of the complete subtrees that cover a tree from its start, largest first (a compact range)."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> bytes:
        """Add a leaf's hash; returns the hash of the largest complete subtree that ends at it."""
        subtree, rest = leaf, self.size
        while rest & 1:
            subtree = node_hash(self.peaks.pop(), subtree)
            rest >>= 1
        self.peaks.append(subtree)
        self.size += 1
        return subtree

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, in one pass and O(log n) memory."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def peak_numbers(size: int) -> list[int]:
    """The leaves whose stored subtrees are the frontier of a tree of this size, largest subtree first."""
    numbers, end = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            end += 1 << level
            numbers.append(end - 1)
    return numbers


@dataclass(frozen=True, slots=True)
class StoredLeaf:
    """What is kept of a leaf: its own hash, and that of the largest complete subtree ending at it."""

    leaf: bytes
    subtree: bytes


@dataclass(frozen=True, slots=True)
class Span:
    """The leaves `start` to `end` (not included) whose root is one step of a proof."""

    start: int
    end: int

    def _split(self) -> "tuple[Span, Span]":
        half = 1 << (self.end - self.start - 1).bit_length() - 1
        return Span(self.start, self.start + half), Span(self.start + half, self.end)

    @property
    def _is_stored(self) -> bool:
        """Whether it is exactly the largest complete subtree that ends at its last leaf."""
        width, last = self.end - self.start, self.end - 1
        return width & (width - 1) == 0 and (last ^ (last + 1)) + 1 == width * 2

    def numbers(self) -> Iterator[int]:
        """The stored leaves that its root is computed from."""
        if self._is_stored or self.end - self.start == 1:
            yield self.end - 1
        else:
            for part in self._split():
                yield from part.numbers()

    def root(self, stored: Mapping[int, StoredLeaf]) -> bytes:
        """Its root, from the stored leaves that `numbers` names."""
        if self.end - self.start == 1:
            return stored[self.start].leaf
        if self._is_stored:
            return stored[self.end - 1].subtree
        left, right = self._split()
        return node_hash(left.root(stored), right.root(stored))


def inclusion_spans(number: int, size: int) -> list[Span]:
    """The steps of the proof that leaf `number` is in the tree of `size` (RFC 9162, 2.1.3.1)."""
    if not 0 <= number < size:
        raise ValueError(f"leaf {number} is not in a tree of {size}")
    spans: list[Span] = []
    whole = Span(0, size)
    while whole.end - whole.start > 1:
        left, right = whole._split()
        whole, sibling = (left, right) if number < left.end else (right, left)
        spans.append(sibling)
    return spans[::-1]


def consistency_spans(first: int, size: int) -> list[Span]:
    """The steps of the proof that the tree of `first` leaves is the start of the tree of `size` (RFC 9162, 2.1.4.1)."""
    if not 0 < first <= size:
        raise ValueError(f"a tree of {first} is not the start of a tree of {size}")
    spans: list[Span] = []
    whole, is_known = Span(0, size), True
    while whole.end != first:
        left, right = whole._split()
        if first <= left.end:
            whole, sibling = left, right
        else:
            whole, sibling, is_known = right, left, False
        spans.append(sibling)
    return ([] if is_known else [whole]) + spans[::-1]


def verify_inclusion(leaf: bytes, number: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= number < size:
        return False
    first, last, computed = number, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if first & 1 or first == last:
            computed = node_hash(step, computed)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            computed = node_hash(computed, step)
        first, last = first >> 1, last >> 1
    return last == 0 and computed == root


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path shows the first tree to be the start of the second (RFC 9162, 2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    steps = list(path) if first & (first - 1) else [first_root, *path]
    if not steps:
        return False
    left, last = first - 1, second - 1
    while left & 1:
        left, last = left >> 1, last >> 1
    older = newer = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if left & 1 or left == last:
            older, newer = node_hash(step, older), node_hash(step, newer)
            while not left & 1 and left:
                left, last = left >> 1, last >> 1
        else:
            newer = node_hash(newer, step)
        left, last = left >> 1, last >> 1
    return last == 0 and older == first_root and newer == second_root
