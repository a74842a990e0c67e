"""Forms of the import pages: which template, whose unit, which file; and what each head means."""

from typing import Any

from noivu.core.refusals import Refusal
from noivu.core.text import nfc
from noivu.core.wording import Text, both
from noivu.sheets.declarations import Template
from noivu.sheets.planning import Proposal
from noivu.ui.forms import ChoiceField, FileField, Form, TextField

_ACCEPTED = ".xlsx,.xls,.csv,.txt"
LEFT_OUT = Text(vi="– không dùng –", en="– not used –")


class UploadForm(Form):
    """One file for one template; the unit for the rows that name none."""

    def __init__(self, *args: Any, templates: list[Template], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"] = ChoiceField(
            Text(vi="Nhập vào", en="Import into"), choices=[(t.name, t.label) for t in templates]
        )
        self.fields["unit"] = TextField(
            Text(vi="Đơn vị", en="Unit"),
            hint=Text(
                vi="Mã hoặc tên đầy đủ. Dùng cho những dòng không ghi đơn vị.",
                en="Code or full name. It is used for rows that name no unit.",
            ),
            example=both("SNV-40"),
            required=False,
            max_length=200,
        )
        self.fields["file"] = FileField(
            Text(vi="Tệp", en="File"),
            accept=_ACCEPTED,
            hint=Text(
                vi=".xlsx, .xls hoặc .csv; tối đa 200.000 dòng, 100 MB.",
                en=".xlsx, .xls or .csv; at most 200,000 rows, 100 MB.",
            ),
        )

    def refuse(self, refusal: Refusal) -> None:
        """What is wrong with a file stands beside it, with its row if there is one."""
        row = refusal.where if refusal.where and refusal.where.isdigit() else ""
        word = Text(vi=f"Dòng {row}: ", en=f"Row {row}: ") if row else both("")
        text = refusal.text()
        where = "unit" if refusal.code == "unit" else "file"
        super().refuse(Refusal(what=Text(vi=word.vi + text.vi, en=word.en + text.en), where=where, code=refusal.code))


class HeadsForm(Form):
    """One choice per column of the template: which head of the file holds it. Asked once per source."""

    def __init__(self, *args: Any, template: Template, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template, self.proposal = template, proposal
        places = {key: place for place, key in {**proposal.suggested, **proposal.keys}.items() if key}
        heads = [(str(place), nfc(label)) for place, label in enumerate(proposal.heads.labels) if label]
        for column in template.columns:
            needed = column.required or column.is_key
            self.fields[column.key] = ChoiceField(
                column.label,
                choices=[("", LEFT_OUT), *heads],
                required=needed and column.key not in proposal.fixed,
                initial=str(places.get(column.key, "")),
                hint=self._sample(places.get(column.key)),
            )

    def _sample(self, place: int | None) -> Text | None:
        """The first values under the head that is proposed."""
        if place is None:
            return None
        values = [str(row.cell(place)) for row in self.proposal.rows if row.cell(place) != ""]
        listed = "; ".join(value if len(value) <= 40 else f"{value[:40].rstrip()}…" for value in values[:3])
        return Text(vi=f"Giá trị đầu: {listed}", en=f"First values: {listed}") if listed else None

    def clean(self) -> dict[str, Any]:
        """A head can hold one column only."""
        cleaned = super().clean() or self.cleaned_data
        chosen = [place for place in cleaned.values() if place]
        for key, place in list(cleaned.items()):
            if place and chosen.count(place) > 1:
                label = self.proposal.heads.labels[int(place)]
                said = Text(vi=f"“{label}” đã chọn cho cột khác.", en=f"“{label}” is chosen for another column too.")
                self.add_error(key, str(said))
        return cleaned

    @property
    def keys(self) -> dict[int, str]:
        """The column at each place; heads that no column took are left out."""
        taken = {int(place): key for key, place in self.cleaned_data.items() if place}
        return {place: taken.get(place, "") for place, label in enumerate(self.proposal.heads.labels) if label}
