"""records (văn bản, sổ): the official papers as they stand in registers.

Owns
    * `RegisterBook` (sổ đăng ký): numbers of a unit for a year, in one series for paper and electronic documents;
      secret ones apart. The next number is given under a lock, so none is given twice and none is left out; one
      inserted between two others bears a letter (12a); a cancelled one keeps its place with its reason and counts as
      no document.
    * `IncomingDocument`, `OutgoingDocument` (văn bản đến, văn bản đi): corrected under the same id, never deleted.
    * `Dispatch` (gửi văn bản): to whom a document went, and whether it was registered, returned or recalled there;
      `Reading`: who opened it, once each.
    * `DocumentCopy` (bản sao), `Posting` (gửi văn bản đi bưu điện), `KeptCopyUse` (sử dụng bản lưu): what becomes of
      documents on paper, each in a register of the unit that keeps the document.
    * `OffNetworkDeclaration`: how many documents of a month were handled off the network; declared, never counted.
    * Types of documents (`document_kinds`), numbers and symbols as Decree 30/2020 writes them (`numbers`).

Words
    A document counts for the unit whose register holds it. Whether it needs a reply is an obligation in `work`, which
    follows through two signals, `incoming_changed` and `outgoing_changed`, sent inside the transaction of the change.

Invariants
    * Among current rows a number stands once in a register, and so does a symbol that was entered here; one
      that sheets brought, once a day for a unit.
    * Every change is a verb with an actor and one entry in the audit log; `known_at(instant)` reads what was said then.
    * `.matching(text)` finds words without accents on both databases, through a trigram index.
"""

from noivu.records.addresses import REGISTERS, document_address
from noivu.records.bulk import IncomingRow, OutgoingRow, Written, standing_incoming, write_incoming, write_outgoing
from noivu.records.constants import COPY_KINDS, SERIES, CopyKind, Direction, Series
from noivu.records.document_kinds import document_kinds, kind_code, kind_label
from noivu.records.exports import COLUMNS as REGISTER_COLUMNS
from noivu.records.exports import (
    HIDDEN,
    OWNER,
    SETTLEMENT_COLUMNS,
    book_words,
    found_words,
    hidden_from,
    summary_words,
    unit_name,
)
from noivu.records.fields import (
    NumberField,
    ReasonForm,
    RecallForm,
    kind_field,
    offer_kind,
    secrecy_field,
    signer_field,
    summary_field,
    transferred_field,
    urgency_field,
)
from noivu.records.heard import as_kept, heard, overruled
from noivu.records.models import (
    Dispatch,
    DispatchState,
    DocumentCopy,
    IncomingDocument,
    KeptCopyUse,
    MessageFile,
    OffNetworkDeclaration,
    OutgoingDocument,
    Posting,
    RegisterBook,
)
from noivu.records.numbers import (
    RegisterNumber,
    Symbol,
    read_register_number,
    symbol_key,
)
from noivu.records.organs import require_organ_id
from noivu.records.queries import book_in, document_of_log, doubles_of, files_of, next_number, same_documents
from noivu.records.searching import (
    holding,
    insert_searchable,
    latest_holding,
    matching,
    search_index,
    search_pieces,
    search_text,
    values_bearing,
)
from noivu.records.services import (
    IncomingEntry,
    OutgoingEntry,
    answer_recall,
    attach_file,
    cancel_number,
    correct_document,
    declare_off_network,
    destroy_copy,
    detach_file,
    give_back,
    give_on,
    given_today,
    hand_on,
    hand_over,
    move_dispatch,
    open_register,
    recall_document,
    receive_dispatch,
    register_incoming,
    register_outgoing,
    remove_document,
    return_dispatch,
    say_answers,
    send_document,
)
from noivu.records.services.entries import require_not_to_come, require_text
from noivu.records.services.papers import (
    CopyEntry,
    PostingEntry,
    UseEntry,
    cancel_copy,
    lend_kept_copy,
    record_posting,
    register_copy,
    return_kept_copy,
    take_out_line,
)
from noivu.records.services.registers import hold_unit
from noivu.records.signals import incoming_changed, outgoing_changed

__all__ = [
    "COPY_KINDS",
    "HIDDEN",
    "OWNER",
    "REGISTERS",
    "REGISTER_COLUMNS",
    "SERIES",
    "SETTLEMENT_COLUMNS",
    "CopyEntry",
    "CopyKind",
    "Direction",
    "Dispatch",
    "DispatchState",
    "DocumentCopy",
    "IncomingDocument",
    "IncomingEntry",
    "IncomingRow",
    "KeptCopyUse",
    "MessageFile",
    "NumberField",
    "OffNetworkDeclaration",
    "OutgoingDocument",
    "OutgoingEntry",
    "OutgoingRow",
    "Posting",
    "PostingEntry",
    "ReasonForm",
    "RecallForm",
    "RegisterBook",
    "RegisterNumber",
    "Series",
    "Symbol",
    "UseEntry",
    "Written",
    "answer_recall",
    "as_kept",
    "attach_file",
    "book_in",
    "book_words",
    "cancel_copy",
    "cancel_number",
    "correct_document",
    "declare_off_network",
    "destroy_copy",
    "detach_file",
    "document_address",
    "document_kinds",
    "document_of_log",
    "doubles_of",
    "files_of",
    "found_words",
    "give_back",
    "give_on",
    "given_today",
    "hand_on",
    "hand_over",
    "heard",
    "hidden_from",
    "hold_unit",
    "holding",
    "incoming_changed",
    "insert_searchable",
    "kind_code",
    "kind_field",
    "kind_label",
    "latest_holding",
    "lend_kept_copy",
    "matching",
    "move_dispatch",
    "next_number",
    "offer_kind",
    "open_register",
    "outgoing_changed",
    "overruled",
    "read_register_number",
    "recall_document",
    "receive_dispatch",
    "record_posting",
    "register_copy",
    "register_incoming",
    "register_outgoing",
    "remove_document",
    "require_not_to_come",
    "require_organ_id",
    "require_text",
    "return_dispatch",
    "return_kept_copy",
    "same_documents",
    "say_answers",
    "search_index",
    "search_pieces",
    "search_text",
    "secrecy_field",
    "send_document",
    "signer_field",
    "standing_incoming",
    "summary_field",
    "summary_words",
    "symbol_key",
    "take_out_line",
    "transferred_field",
    "unit_name",
    "urgency_field",
    "values_bearing",
    "write_incoming",
    "write_outgoing",
]
