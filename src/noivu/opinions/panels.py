"""Opinions on pages that are not this room's: of a text, of its next stage, of the programme, and *My day*."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from noivu.core import clock
from noivu.matters.api import stages_after
from noivu.matters.constants import LEGAL_TEXT, LegalStage
from noivu.opinions.queries import agencies_of, awaited_of, not_settled, owed_by, requests_of
from noivu.ui.guards import signed_in_actor
from noivu.ui.panels import Panel, declare_panel


def _of_text(request: HttpRequest, owed: Any) -> Mapping[str, Any] | None:
    """The opinions on a legal text: fetched when its page is there."""
    return {} if owed.kind == LEGAL_TEXT else None


def _before_next_stage(request: HttpRequest, owed: Any) -> Mapping[str, Any] | None:
    """Who must be asked and was not, or may still answer: said before the text is appraised or submitted."""
    today = clock.today()
    proposed = agencies_of(owed, today) if owed.kind == LEGAL_TEXT else []
    if proposed and LegalStage.APPRAISAL not in stages_after(owed):
        return None
    unasked, waiting = not_settled(proposed, requests_of(owed.pk), today) if proposed else ([], [])
    return {"unasked": unasked, "waiting": waiting} if unasked or waiting else None


def _of_board(request: HttpRequest, board: Any) -> Mapping[str, Any] | None:
    """The texts of the board whose opinions are due."""
    texts = {text.line.id: text for text in board.texts}
    awaited = awaited_of(texts, board.day)
    return {"awaited": [(texts[one.obligation_id], one) for one in awaited]} if awaited else None


def _of_day(request: HttpRequest, _: Any) -> Mapping[str, Any] | None:
    """The opinions that the reader's units owe."""
    owed = owed_by(signed_in_actor(request), clock.today())
    return {"opinions": owed} if owed else None


declare_panel(
    Panel("opinions.text", "office.matter", 20, "opinions/of_text.html", _of_text),
    Panel("opinions.advance", "office.act.advance", 10, "opinions/before_next_stage.html", _before_next_stage),
    Panel("opinions.board", "matters.programme", 10, "opinions/of_board.html", _of_board),
    Panel("opinions.my", "office.my", 10, "opinions/of_day.html", _of_day),
)
