"""The words of opinions: what may be answered, how it is taken up, how a request stands on a day."""

from enum import StrEnum

from noivu.core.wording import Text


class Answer(StrEnum):
    """What the agency says (nội dung trả lời)."""

    AGREES = "agrees"
    COMMENTS = "comments"
    DISAGREES = "disagrees"


ANSWERS: dict[Answer, Text] = {
    Answer.AGREES: Text(vi="Thống nhất", en="Agrees"),
    Answer.COMMENTS: Text(vi="Thống nhất, có góp ý", en="Agrees with comments"),
    Answer.DISAGREES: Text(vi="Không thống nhất", en="Disagrees"),
}


class Uptake(StrEnum):
    """What the drafting unit does with an opinion (tiếp thu, giải trình)."""

    ACCEPTED = "accepted"
    EXPLAINED = "explained"


UPTAKES: dict[Uptake, Text] = {
    Uptake.ACCEPTED: Text(vi="Tiếp thu", en="Accepted"),
    Uptake.EXPLAINED: Text(vi="Giải trình", en="Explained"),
}


class Standing(StrEnum):
    """How a request stands at the end of a day; never stored."""

    IN_TIME = "in_time"
    LATE = "late"
    WAITING = "waiting"
    SILENT = "silent"
    OVERDUE = "overdue"


STANDINGS: dict[Standing, Text] = {
    Standing.IN_TIME: Text(vi="Trả lời đúng hạn", en="Answered in time"),
    Standing.LATE: Text(vi="Trả lời quá hạn", en="Answered late"),
    Standing.WAITING: Text(vi="Còn trong hạn", en="Within time"),
    Standing.SILENT: Text(vi="Im lặng, coi là đồng ý", en="Silent, taken to agree"),
    Standing.OVERDUE: Text(vi="Quá hạn, chưa trả lời", en="Overdue"),
}
SHAPES: dict[Standing, str] = {
    Standing.IN_TIME: "done",
    Standing.LATE: "done-late",
    Standing.WAITING: "time",
    Standing.SILENT: "none",
    Standing.OVERDUE: "late",
}
"""The angular shape of each (`ui.shapes.TIMELINESS`)."""
RULES = (
    *("legal_text_opinion", "legal_text_opinion_short"),
    *("ministry_opinion", "ministry_opinion_shortest", "government_opinion"),
)
"""The rules of law by which an opinion may be due."""
MANDATORY = "opinion_agencies.provincial_decision"
"""The parameter that names who must be asked about a decision of a province."""
