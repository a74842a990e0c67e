"""The form in which a unit writes its part of a report."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404

from noivu.core.wording import Text
from noivu.reports.models import NarrativeText, Report
from noivu.reports.queries import current_narrative
from noivu.reports.regimes import regime
from noivu.reports.services import LONGEST
from noivu.reports.succession import former_words
from noivu.ui.forms import Form, TextField


class NarrativeForm(Form):
    """The passage, and the wording it started from (when that was recorded), so that no one's words are lost."""

    text = TextField(
        Text(vi="Lời báo cáo", en="Passage"),
        rows=14,
        required=False,
        max_length=LONGEST,
        hint=Text(vi="Mỗi dòng là một đoạn văn của báo cáo.", en="Each line is a paragraph of the report."),
    )
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_seen_at(self) -> datetime | None:
        """A mark that cannot be read is none: then what stands there is never overwritten."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return None

    def has_seen(self, there: NarrativeText) -> None:
        """The newer wording stands below the form now: the next saving starts from it."""
        self.data = {**dict(self.data.items()), "seen_at": there.recorded_at.isoformat()}


def new_narrative_form(report: Report, slot: str) -> NarrativeForm:
    """The form as it opens: with what is written now; else with what the units wrote whose place this one took."""
    if regime(report.regime).outline.slot(slot) is None:
        raise Http404
    there = current_narrative(report, slot)
    initial: dict[str, Any] = {}
    if there is not None:
        initial = {"text": there.text, "seen_at": there.recorded_at.isoformat()}
    elif words := former_words(report, slot):
        initial = {"text": words}
    return NarrativeForm(initial=initial)
