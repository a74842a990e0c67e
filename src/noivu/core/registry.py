"""A registry: a lower room declares it, upper rooms fill it, tests bring their own."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

Plug = TypeVar("Plug")


class Registry(Generic[Plug]):
    """Plugs by code, in the order in which they were declared."""

    def __init__(self, name: str, key: Callable[[Plug], str]) -> None:
        self.name = name
        self._key = key
        self._plugs: dict[str, Plug] = {}

    def declare(self, plug: Plug) -> Plug:
        """Add a plug; a second one of the same code is a programming error."""
        code = self._key(plug)
        if code in self._plugs and self._plugs[code] != plug:
            raise ValueError(f"{self.name}: “{code}” is declared twice")
        self._plugs[code] = plug
        return plug

    def declare_all(self, plugs: Iterable[Plug]) -> None:
        for plug in plugs:
            self.declare(plug)

    def get(self, code: str) -> Plug | None:
        return self._plugs.get(code)

    def __getitem__(self, code: str) -> Plug:
        return self._plugs[code]

    def __contains__(self, code: object) -> bool:
        return code in self._plugs

    def __iter__(self) -> Iterator[Plug]:
        return iter(self._plugs.values())

    def __len__(self) -> int:
        return len(self._plugs)

    @property
    def codes(self) -> list[str]:
        return list(self._plugs)
