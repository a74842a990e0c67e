"""Proofs drawn from the database."""

from typing import Any

import pytest

from noivu.audit import merkle
from noivu.audit.checkpoints import checkpoint, seal
from noivu.audit.proofs import prove_consistency, prove_inclusion
from noivu.audit.services import record
from noivu.core.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thirteen_acts(an: Actor) -> None:
    for number in range(13):
        record(actor=an, action="test.change", thing=("a", number), after={"n": number})
    checkpoint()


def test_every_entry_is_proved_to_be_in_the_log() -> None:
    for number in range(13):
        proof = prove_inclusion(number)
        assert (proof.sealed.tree_size, proof.holds) == (13, True)


def test_the_smallest_checkpoint_that_covers_an_entry_serves() -> None:
    seal(7)
    assert prove_inclusion(3).sealed.tree_size == 7
    assert prove_inclusion(7).sealed.tree_size == 13


def test_an_entry_after_the_last_checkpoint_seals_the_log_first(an: Actor) -> None:
    record(actor=an, action="test.change", thing=("a", 13))
    proof = prove_inclusion(13)
    assert (proof.sealed.tree_size, proof.holds) == (14, True)


def test_two_checkpoints_are_proved_consistent() -> None:
    first, second = seal(6), seal(13)
    path = prove_consistency(6, 13)
    assert merkle.verify_consistency(6, 13, bytes(first.root), bytes(second.root), path)


def test_a_proof_takes_two_queries(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        prove_inclusion(5)


def test_it_refuses_a_number_that_the_log_does_not_have() -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        prove_inclusion(99)
