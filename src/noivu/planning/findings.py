"""What is wrong with a plan, said so that whoever wrote it can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from noivu.core.refusals import Refusal
from noivu.core.wording import Text

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a plan must mend before it can be carried out; `is_doubt` only asks for a second look.

    `where` names the event and its clause, `unit` the code of the unit.
    """

    code: str
    where: Text
    unit: str
    what: Text
    do: Text
    is_doubt: bool = False

    @property
    def words(self) -> Text:
        return Text(
            vi=f"{self.where.vi}: {self.what.vi} {self.do.vi}",
            en=f"{self.where.en}: {self.what.en} {self.do.en}",
        )


def refuse(findings: Iterable[Finding]) -> None:
    """Refuse a plan that has findings; doubts do not stop it."""
    grave = [finding for finding in findings if not finding.is_doubt]
    if not grave:
        return
    listed = [finding.words for finding in grave[:_SHOWN]]
    more = len(grave) - len(listed)
    raise Refusal(
        what=Text(
            vi="\n".join([f"Phương án còn {len(grave)} điểm phải sửa, chưa thay đổi gì:", *(w.vi for w in listed)]),
            en="\n".join([f"The plan has {len(grave)} points to mend, nothing was changed:", *(w.en for w in listed)]),
        ),
        do=Text(vi=f"Và {more} điểm khác.", en=f"And {more} more.") if more else None,
        code="planning.findings",
    )
