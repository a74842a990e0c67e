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
    `rules` are those of law by which one may be due.
    """

    code: str
    label: Text
    plural: Text
    completed: Text
    register: str
    searched: tuple[str, ...] = ("code", "title", "assigner", "source_symbol", "assigned_to")
    done: Done = Done.BY_REPORT
    results: tuple[tuple[str, Text], ...] = ()
    rules: tuple[str, ...] = ()


GIVEN_RULES = (
    *("ministry_opinion_shortest", "ministry_opinion", "government_opinion_shortest", "government_opinion"),
    *("leader_opinion", "office_check", "office_submission", "programme_registration", "programme_submission"),
)
"""By which what is given by a leader may be due (Decree 191/2026)."""
_OF_LAW_MAKING = (
    *("legal_text_opinion", "legal_text_opinion_short", "law_2015_appraisal_shortest", "law_2015_appraisal"),
)
_ANSWERS = (
    *("recommendation_national_assembly", "recommendation_peoples_council", "nghe_an_recommendation"),
    *("nghe_an_recommendation_urgent", "nghe_an_recommendation_complex", "nghe_an_recommendation_settled"),
)
PASSING_BACK = ("nghe_an_recommendation_return", "nghe_an_recommendation_return_unclear")
"""By when what was wrongly addressed goes back."""
_STEPS = (
    *GIVEN_RULES,
    *_OF_LAW_MAKING,
    *("legal_text_posting", "law_2015_posting_local", "law_2015_posting_central", "after_closing"),
    *("document_number", "document_number_urgent", "document_registration", "document_registration_urgent"),
    *("electronic_sending", "electronic_sending_urgent"),
    *("file_deposit", "file_deposit_construction", "file_deposit_notice"),
    *("recommendation_publication", "recommendation_posting"),
    *("recommendation_synthesis_before", "recommendation_synthesis_after"),
    *("nghe_an_recommendation_assignment", "nghe_an_recommendation_unclear", *PASSING_BACK),
    *("nghe_an_recommendation_correction", "nghe_an_recommendation_result"),
    *("nghe_an_recommendation_portal", "nghe_an_recommendation_posting"),
)

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
            rules=("reply", *GIVEN_RULES[:5], *_OF_LAW_MAKING, *_ANSWERS, *PASSING_BACK),
        ),
        ObligationKind(
            Kind.TASK,
            Text(vi="Nhiệm vụ", en="Task"),
            Text(vi="Nhiệm vụ", en="Tasks"),
            Text(vi="Hoàn thành", en="Completed"),
            "/tasks/",
            rules=GIVEN_RULES,
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
            rules=_ANSWERS,
        ),
        ObligationKind(
            Kind.STEP,
            Text(vi="Việc nội bộ, phối hợp", en="Internal step"),
            Text(vi="Việc nội bộ, phối hợp", en="Internal steps"),
            Text(vi="Đã xong", en="Done"),
            "/steps/",
            rules=_STEPS,
        ),
    ]
)


def result_words(result: str) -> Text | None:
    """How a result is said, of whatever kind it is."""
    return next((words for kind in obligation_kinds for code, words in kind.results if code == result), None)


def kind_of(code: str) -> ObligationKind:
    """The kind of a code."""
    return obligation_kinds[code]
