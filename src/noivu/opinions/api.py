"""opinions (lấy ý kiến): who was asked about a legal text, by when and why, what they said, what became of it.

Owns
    * `OpinionRequest` (yêu cầu cho ý kiến): one agency, of ours or outside, asked in one round about one text.
    * Who must be asked about a decision of a province (`agencies_proposed`, a dated parameter).
    * The figures `opinions.*`; the opinions on the page of a text, on the board of the programme and in *My day*.

Words
    Sent on a day, due by a rule of law from that day or by a day entered by hand. Unanswered when the due day has
    passed, a request is silent (taken to agree) where its rule says so, else overdue. That is read as of a day and
    stored nowhere; an answer that comes later is late. A new asking of the same agency is another round.

Invariants
    * Of one text an agency is asked once in a round; no answer is given before the day of sending.
    * What is still owed follows the calendar and the rules (`law.counting_changed`); nothing settled moves.
"""

from noivu.opinions.constants import ANSWERS, STANDINGS, UPTAKES, Answer, Standing, Uptake
from noivu.opinions.models import OpinionRequest
from noivu.opinions.queries import agencies_proposed, not_settled, requests_of
from noivu.opinions.services import Answered, Asking, answer_opinion, ask_opinions, take_back, take_up

__all__ = [
    "ANSWERS",
    "STANDINGS",
    "UPTAKES",
    "Answer",
    "Answered",
    "Asking",
    "OpinionRequest",
    "Standing",
    "Uptake",
    "agencies_proposed",
    "answer_opinion",
    "ask_opinions",
    "not_settled",
    "requests_of",
    "take_back",
    "take_up",
]
