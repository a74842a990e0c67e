"""Inputs are written as the framework's own templates write them, but for the white space between options."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from noivu.core.wording import Text
from noivu.ui.widgets import FormRenderer

GRAVE = "<b>\"A&B\" 'x'</b>"
GROUPED = [("", "–"), ("g & h", [(1, "một"), ("<2>", Text(vi="hai", en="two"))]), ("x", mark_safe("<i>x</i>"))]


@pytest.mark.parametrize("value", [None, "", 0, GRAVE, "<2>", mark_safe("<i>x</i>")])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(),
        forms.HiddenInput(),
        forms.CheckboxInput(),
        forms.PasswordInput(render_value=True),
        forms.FileInput(),
        forms.NumberInput(),
        forms.EmailInput(),
        forms.Textarea(attrs={"rows": 3}),
        forms.Select(choices=GROUPED),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_every_input_reads_as_the_frameworks_own(widget: forms.Widget, value: Any) -> None:
    attributes = {"id": "id_x", "required": True, "disabled": False, "data-said": GRAVE, "maxlength": 500}
    ours, theirs = (widget.render("a&b", value, attributes, engine()) for engine in (FormRenderer, DjangoTemplates))
    assert re.sub(r"\s+<", "<", ours) == re.sub(r"\s+<", "<", theirs)
