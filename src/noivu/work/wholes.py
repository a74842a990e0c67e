"""The task of which something is a part, by its code: among those that the reader sees."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from noivu.core import access
from noivu.core.actors import Actor
from noivu.core.refusals import Refusal
from noivu.core.wording import Text
from noivu.work.constants import Kind
from noivu.work.models import Obligation


def wholes_called(actor: Actor, codes: Collection[str]) -> Mapping[str, Sequence[Obligation]]:
    """The tasks of these codes, by code. One statement."""
    rows = access.scope(actor, "work.view", Obligation.objects.standing().of_kind(Kind.TASK))
    found: defaultdict[str, list[Obligation]] = defaultdict(list)
    for task in rows.filter(code__in=codes).order_by("pk") if codes else ():
        found[task.code].append(task)
    return found


def whole_of(actor: Actor, code: str) -> int | None:
    """The task of which another is a part, by its code, among those that the reader sees; None where none is named."""
    wanted = code.strip()
    return one_whole(wanted, wholes_called(actor, {wanted}).get(wanted, ())).pk if wanted else None


def one_whole(code: str, found: Sequence[Obligation]) -> Obligation:
    """The one task of that code; refused where there is none or several."""
    if len(found) == 1:
        return found[0]
    none = Text(vi=f"Không có nhiệm vụ nào mang mã {code}.", en=f"No task has the code {code}.")
    several = Text(vi=f"Nhiều đơn vị có nhiệm vụ mang mã {code}.", en=f"Several units have a task {code}.")
    raise Refusal(
        what=several if found else none,
        do=Text(vi="Kiểm tra mã nhiệm vụ cha.", en="Check the code of the whole."),
        where="parent",
        code="parent",
    )
