"""The kinds of obligations: what each is called, where its register is, by what it is found, how it is done.

The ledger declares those it has verbs for; rooms above declare theirs in `<room>/kinds.py`.
"""

from dataclasses import dataclass
from enum import StrEnum

from noivu.core.registry import Registry
from noivu.core.wording import Text
from noivu.records import api as records
from noivu.records.constants import Direction
from noivu.work.constants import RESULTS, Kind


class Done(StrEnum):
    """What completes an obligation of a kind."""

    BY_LETTER = "letter"
    BY_ANSWER = "answer"
    BY_REPORT = "report"
    BY_STAGE = "stage"


@dataclass(frozen=True, slots=True)
class ObligationKind:
    """A kind of obligation (loại nghĩa vụ); its code is also the suffix of its own `nearly_due` parameter.

    `register` is the address of its register, below which each has its page. `searched` are the fields whose words
    find one; a reply is found by its document. `done` says which act completes it, `results` how it may then stand.
    What `may_be_declined` comes from outside: it is passed back to who sent it, or turned down, with the reason.
    The rules of law by which one may be due name its code (`law/parameters/deadlines.yaml`).
    """

    code: str
    label: Text
    plural: Text
    completed: Text
    register: str
    searched: tuple[str, ...] = ("code", "title", "assigner", "source_symbol", "assigned_to")
    done: Done = Done.BY_REPORT
    results: tuple[tuple[str, Text], ...] = ()
    may_be_declined: bool = False


obligation_kinds: Registry[ObligationKind] = Registry("obligation kinds", key=lambda kind: kind.code)
obligation_kinds.declare_all(
    [
        ObligationKind(
            Kind.REPLY,
            Text(vi="Văn bản phải trả lời", en="Reply owed"),
            Text(vi="Văn bản phải trả lời", en="Replies owed"),
            Text(vi="Đã trả lời", en="Replied"),
            records.REGISTERS[Direction.IN],
            searched=(),
            done=Done.BY_LETTER,
        ),
        ObligationKind(
            Kind.TASK,
            Text(vi="Nhiệm vụ", en="Task"),
            Text(vi="Nhiệm vụ", en="Tasks"),
            Text(vi="Hoàn thành", en="Completed"),
            "/tasks/",
        ),
        ObligationKind(
            Kind.RECOMMENDATION,
            Text(vi="Kiến nghị cử tri", en="Recommendation"),
            Text(vi="Kiến nghị cử tri", en="Recommendations"),
            Text(vi="Đã trả lời", en="Answered"),
            "/recommendations/",
            searched=("code", "origin", "title", "field"),
            done=Done.BY_ANSWER,
            results=tuple((result.value, words) for result, words in RESULTS.items()),
            may_be_declined=True,
        ),
        ObligationKind(
            Kind.STEP,
            Text(vi="Việc nội bộ, phối hợp", en="Internal step"),
            Text(vi="Việc nội bộ, phối hợp", en="Internal steps"),
            Text(vi="Đã xong", en="Done"),
            "/steps/",
        ),
    ]
)


def result_words(result: str) -> Text | None:
    """How a result is said, of whatever kind it is."""
    return next((words for kind in obligation_kinds for code, words in kind.results if code == result), None)


def kind_of(code: str) -> ObligationKind:
    """The kind of a code."""
    return obligation_kinds[code]
