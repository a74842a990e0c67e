"""The kinds of obligations: what each is called, and what its completion is called."""

from dataclasses import dataclass

from noivu.core.registry import Registry
from noivu.core.wording import Text
from noivu.work.constants import Kind


@dataclass(frozen=True, slots=True)
class ObligationKind:
    """A kind of obligation; its code is also the suffix of its own `nearly_due` parameter."""

    code: Kind
    label: Text
    plural: Text
    completed: Text


obligation_kinds: Registry[ObligationKind] = Registry("obligation kinds", key=lambda kind: kind.code)
obligation_kinds.declare_all(
    [
        ObligationKind(
            Kind.REPLY,
            Text(vi="Văn bản phải trả lời", en="Reply owed"),
            Text(vi="Văn bản phải trả lời", en="Replies owed"),
            Text(vi="Đã trả lời", en="Replied"),
        ),
        ObligationKind(
            Kind.TASK,
            Text(vi="Nhiệm vụ", en="Task"),
            Text(vi="Nhiệm vụ", en="Tasks"),
            Text(vi="Hoàn thành", en="Completed"),
        ),
        ObligationKind(
            Kind.RECOMMENDATION,
            Text(vi="Kiến nghị cử tri", en="Recommendation"),
            Text(vi="Kiến nghị cử tri", en="Recommendations"),
            Text(vi="Đã trả lời", en="Answered"),
        ),
    ]
)


def kind_of(code: str) -> ObligationKind:
    """The kind of a code."""
    return obligation_kinds[code]
