"""Proofs from the stored leaves: that an entry is in the log, and that the log only grew."""

from collections.abc import Sequence
from dataclasses import dataclass

from noivu.audit import merkle
from noivu.audit.checkpoints import checkpoint
from noivu.audit.merkle import Span, StoredLeaf
from noivu.audit.models import Checkpoint, Leaf
from noivu.core.wording import Text
from noivu.ui.page import words_of_instant


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That leaf `number` stands in the log sealed by `sealed`: the path from its hash to the sealed root."""

    number: int
    leaf: bytes
    path: tuple[bytes, ...]
    sealed: Checkpoint

    @property
    def holds(self) -> bool:
        """Whether the path leads to the root of the checkpoint."""
        size, root = self.sealed.tree_size, bytes(self.sealed.root)
        return merkle.verify_inclusion(self.leaf, self.number, size, self.path, root)

    @property
    def root_hex(self) -> str:
        return bytes(self.sealed.root).hex()

    @property
    def sealed_at_words(self) -> Text:
        return words_of_instant(self.sealed.signed_at)


def find_proof(number: int) -> InclusionProof | None:
    """The proof under the smallest checkpoint that covers the leaf; None where none does yet."""
    covering = Checkpoint.objects.filter(tree_size__gt=number).order_by("tree_size").first()
    return _proof(number, covering) if covering else None


def prove_inclusion(number: int) -> InclusionProof:
    """The proof under the smallest checkpoint that covers the leaf; the log is sealed first where none does."""
    return find_proof(number) or _proof(number, checkpoint())


def _proof(number: int, sealed: Checkpoint) -> InclusionProof:
    spans = merkle.inclusion_spans(number, sealed.tree_size)
    stored = _stored(spans, number)
    return InclusionProof(number, stored[number].leaf, tuple(span.root(stored) for span in spans), sealed)


def prove_consistency(first: int, second: int) -> tuple[bytes, ...]:
    """The proof that the log of `first` leaves is the start of the log of `second`."""
    spans = merkle.consistency_spans(first, second)
    stored = _stored(spans)
    return tuple(span.root(stored) for span in spans)


def _stored(spans: Sequence[Span], *further: int) -> dict[int, StoredLeaf]:
    numbers = {number for span in spans for number in span.numbers()} | set(further)
    rows = Leaf.objects.filter(pk__in=numbers).values_list("number", "leaf_hash", "subtree_hash")
    return {number: StoredLeaf(bytes(leaf), bytes(subtree)) for number, leaf, subtree in rows}
