"""audit (nhật ký): who did what, to which thing, for which unit, when and why; provably.

Every change of the registers is one entry (bút toán), written by `record` in the transaction of the change; an act on
many things is one entry over the Merkle root of its rows, written by `record_bulk`. After the commit each entry gets
the next number of one gapless sequence and becomes a leaf of a Merkle tree (RFC 9162); signed checkpoints fix the
tree's root. Actions are declared with their wording: `declare_action("document.register", Text(vi=…, en=…))`.

A detail page shows `history(thing)` (one query; frozen dataclasses, worded in both languages); fields are named by
`declare_fields("records.incomingdocument", {"due_on": Text(…)})`. Whoever opens records that hold personal data is
noted by `record_reading` (one INSERT, outside the Merkle log). The log seals itself at the first entry after a
thousand, or after a day; `checkpoint()` seals it now, as `noivu serve`, `noivu audit checkpoint` and `noivu audit
export` do. `noivu audit export` writes the log as JSON Lines, which
`python -m noivu.audit.verify FILE`, one file of the standard library alone, checks offline.

What holds:
* No entry, leaf or checkpoint is ever changed or deleted: the database refuses it, on both databases.
* An entry names no person: the actor stands by a pseudonym, and the rest behind a salted commitment to the payload.
* What may be restricted is declared (`declare_bearer`): to whom it is restricted, pages tell that something was done
  and none of its words (`told_to`). The export is for the operator of the machine, and whole: it proves what it holds.
* A payload can be erased (`erase_payload`, with reason and legal ground, itself an entry); the log still verifies.
* Nothing committed stays unnumbered: the next commit, the next start of `noivu serve`, or any `noivu audit` command
  numbers what a killed process left.
"""

from noivu.audit.actions import ReadValue, declare_action, declare_bearer, declare_fields, declare_kind, words_from
from noivu.audit.checkpoints import checkpoint
from noivu.audit.queries import Change, HistoryLine, LastAct, history, history_of, last_act, last_entries
from noivu.audit.sequencer import number_entries
from noivu.audit.services import erase_payload, record, record_bulk, record_reading
from noivu.audit.withholding import told_to

__all__ = [
    "Change",
    "HistoryLine",
    "LastAct",
    "ReadValue",
    "checkpoint",
    "declare_action",
    "declare_bearer",
    "declare_fields",
    "declare_kind",
    "erase_payload",
    "history",
    "history_of",
    "last_act",
    "last_entries",
    "number_entries",
    "record",
    "record_bulk",
    "record_reading",
    "told_to",
    "words_from",
]
