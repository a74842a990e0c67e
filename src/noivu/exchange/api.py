"""exchange (liên thông): documents between agencies as message files (edXML).

Owns
    * The message as plain data (`message`), read within limits (`reading`) and written (`writing`).
    * `StatusHeard`: what receivers said of what was sent to them. What came in is `records.MessageFile`.

Words
    Of the structure nothing is verified in the standard: it is as open implementations show it, no namespace is written
    and any is read. Also not verified: the form of `DocumentId` (organisation, year, number: one code sample), what
    follows what among the statuses, the codes of `Priority`, the names inside `ToPlaces` and `ReplacementInfoList`,
    and where the status of an answer stands. `size` and `sha256` of a reference are our own. No conformity is claimed.

Invariants
    * The same message again changes nothing; what is refused has written nothing.
    * A recall that comes from outside waits for a person; an update or a replacement stands beside the first.
    * Of the statuses of a sending the one that the receiver told last holds, in whatever order files come.
    * How far a document has come is told by upper rooms through `declare_progress`.
"""

from noivu.exchange.codes import ASSIGNED, COMPLETED, IN_PROGRESS
from noivu.exchange.progress import Progress, ProgressSource, declare_progress
from noivu.exchange.queries import due_asked_for

__all__ = [
    "ASSIGNED",
    "COMPLETED",
    "IN_PROGRESS",
    "Progress",
    "ProgressSource",
    "declare_progress",
    "due_asked_for",
]
