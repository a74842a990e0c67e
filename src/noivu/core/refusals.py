"""The one exception for whatever a user can mend."""

from dataclasses import dataclass

from noivu.core.wording import Text


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818  it is an answer to a person, not an error of the program
    """A request that was not carried out: what is wrong, where, why it matters, what to do. Nothing was changed.

    `code` is stable and meant for programs; `where` names a row, a column or a field.
    """

    what: Text
    why: Text | None = None
    do: Text | None = None
    where: str | None = None
    code: str = "refused"

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.what, self.why, self.do) if part is not None)

    def text(self) -> Text:
        """The whole message in both languages."""
        parts = [part for part in (self.what, self.why, self.do) if part is not None]
        return Text(vi=" ".join(part.vi for part in parts), en=" ".join(part.en for part in parts))


def require_reason(reason: str) -> None:
    """Refuse what is done without saying why."""
    if not reason.strip():
        raise Refusal(
            what=Text(vi="Thiếu lý do.", en="The reason is missing."),
            do=Text(vi="Ghi lý do; lý do được lưu vào nhật ký.", en="Give the reason; it is kept in the log."),
            where="reason",
            code="required",
        )
