"""work (công việc): what is owed, by whom, by when.

Owns
    * `Obligation` (nghĩa vụ): a reply owed to a document, an assigned task, a voters' recommendation. State and
      timeliness are two axes and never fields: both are read as of a day.
    * `ObligationEvent` (diễn biến): the truth, added and never changed. `ObligationSpan`: the same laid out by days,
      one span of an obligation for each day, on both time axes; figures and lists read it without joins.
      `projection.project` writes it whenever events are written.
    * `Session` (kỳ họp): recommendations belong to sessions, and count in the periods whose last day it is reported on.

Words
    Due date, extension and suspension count from the day they were given: an earlier day is read as it was then. The
    due date itself is in time. A suspension stops the clock: going on moves the due date by the days it took. Where
    confirmation is required, done is the confirmation; until then it waits. What is said of a day before the completion
    or cancellation that is recorded already is refused. A cancelled obligation leaves the figures from its day on; one
    entered by mistake leaves them altogether (`known_at` still sees it).

Invariants
    * Each verb takes `actor`, is refused in clear words when the state does not allow it, and writes one audit entry.
    * On each day from `arises_on` exactly one current span of an obligation holds; every counted one is exactly one of
      completed, in time, overdue, without deadline, suspended, waiting, passed back or turned down.
    * What follows from a document (its removal, its correction, an outgoing reply) is written in the same transaction.
    * Who writes events without a verb (the sheets of `matters`) lays them out by `project_and_follow` before it ends.
"""

from noivu.work import conditions
from noivu.work.addresses import document_address, obligation_address, register_address
from noivu.work.constants import Happening, Kind, Result, Stage, Status, Timeliness
from noivu.work.duedates import slip_in_due
from noivu.work.families import before_part, parts_past_their_whole, past_whole, require_open_whole
from noivu.work.kinds import Done, ObligationKind, kind_of, obligation_kinds
from noivu.work.models import (
    AssignedByUnit,
    Cooperation,
    ExtensionRequest,
    Obligation,
    ObligationEvent,
    ObligationSpan,
    Recount,
    Session,
)
from noivu.work.policies import DECIDED, correcting, decider_of, right_to
from noivu.work.queries import (
    Day,
    DueLine,
    ObligationLine,
    Standing,
    due_line,
    most_pressing,
    obligation_line,
    pressing,
    sessions_for,
)
from noivu.work.queries.answers import tells_answer, told_events
from noivu.work.queries.session_lists import first_owner, session_choices, session_to_set, sessions_with_counts
from noivu.work.queries.sessions import units_above
from noivu.work.recounting import standing
from noivu.work.reorganising import project_and_follow
from noivu.work.rules import require_rule_of_place, units_of_place
from noivu.work.services import (
    Assignee,
    Correction,
    Due,
    MovedDue,
    RecommendationEntry,
    Reply,
    SessionEntry,
    TaskEntry,
    accept_extension,
    accept_offer,
    answer_recommendation,
    as_read,
    ask_extension,
    assign,
    assign_document,
    assign_documents,
    cancel,
    complete,
    complete_with_reply,
    confirm,
    correct_obligation,
    correct_session,
    create_task,
    decline,
    decline_offer,
    document_to_undo,
    extend,
    may_set,
    moved_due,
    name_helpers,
    offer_extension,
    open_session,
    receive,
    record_recommendation,
    refuse,
    refuse_extension,
    remove_obligation,
    require_as_read,
    require_reply,
    resume,
    return_,
    start,
    suspend,
    to_undo,
    transfer,
    undo,
    undo_document,
    withdraw,
    withdraw_request,
)
from noivu.work.services.contributions import contribution_of, parts_follow
from noivu.work.services.leaving import Received, hand_over_held, held_by, received_by
from noivu.work.services.ledger import describe, locked
from noivu.work.timeline import Life, State, state_on, waiting_request
from noivu.work.wholes import one_whole, whole_of, wholes_called

__all__ = [
    "DECIDED",
    "AssignedByUnit",
    "Assignee",
    "Cooperation",
    "Correction",
    "Day",
    "Done",
    "Due",
    "DueLine",
    "ExtensionRequest",
    "Happening",
    "Kind",
    "Life",
    "MovedDue",
    "Obligation",
    "ObligationEvent",
    "ObligationKind",
    "ObligationLine",
    "ObligationSpan",
    "Received",
    "RecommendationEntry",
    "Recount",
    "Reply",
    "Result",
    "Session",
    "SessionEntry",
    "Stage",
    "Standing",
    "State",
    "Status",
    "TaskEntry",
    "Timeliness",
    "accept_extension",
    "accept_offer",
    "answer_recommendation",
    "as_read",
    "ask_extension",
    "assign",
    "assign_document",
    "assign_documents",
    "before_part",
    "cancel",
    "complete",
    "complete_with_reply",
    "conditions",
    "confirm",
    "contribution_of",
    "correct_obligation",
    "correct_session",
    "correcting",
    "create_task",
    "decider_of",
    "decline",
    "decline_offer",
    "describe",
    "document_address",
    "document_to_undo",
    "due_line",
    "extend",
    "first_owner",
    "hand_over_held",
    "held_by",
    "kind_of",
    "locked",
    "may_set",
    "most_pressing",
    "moved_due",
    "name_helpers",
    "obligation_address",
    "obligation_kinds",
    "obligation_line",
    "offer_extension",
    "one_whole",
    "open_session",
    "parts_follow",
    "parts_past_their_whole",
    "past_whole",
    "pressing",
    "project_and_follow",
    "receive",
    "received_by",
    "record_recommendation",
    "refuse",
    "refuse_extension",
    "register_address",
    "remove_obligation",
    "require_as_read",
    "require_open_whole",
    "require_reply",
    "require_rule_of_place",
    "resume",
    "return_",
    "right_to",
    "session_choices",
    "session_to_set",
    "sessions_for",
    "sessions_with_counts",
    "slip_in_due",
    "standing",
    "start",
    "state_on",
    "suspend",
    "tells_answer",
    "to_undo",
    "told_events",
    "transfer",
    "undo",
    "undo_document",
    "units_above",
    "units_of_place",
    "waiting_request",
    "whole_of",
    "wholes_called",
    "withdraw",
    "withdraw_request",
]
