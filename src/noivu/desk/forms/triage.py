"""The forms of triage."""

from noivu.core.wording import Text
from noivu.desk.forms.documents import DueFields
from noivu.office.api import OfficerField
from noivu.ui.forms import UnitField


class OwedForm(DueFields):
    """That a reply is owed, by when, and who is to write it."""

    unit = UnitField(Text(vi="Đơn vị xử lý", en="Assigned unit"), required=False)
    officer = OfficerField(Text(vi="Người xử lý", en="Officer"))
