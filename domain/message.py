"""The base of every message between the HTTP functions, the orchestrators, and the activities."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self


class Message:
    """A dataclass that crosses the wire. Missing fields take their defaults and unknown fields are ignored,
    because workers of two versions run side by side during a deployment."""

    READERS: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}
    """Reads the fields whose types JSON does not have."""
    __match_args__: ClassVar[tuple[str, ...]]
    """The names of the fields, which every dataclass provides."""

    # Both methods run for every event of every replay, so they do as little as possible.
    def to_dict(self) -> dict[str, Any]:
        readers = self.READERS
        return {
            name: _plain(getattr(self, name)) if name in readers else getattr(self, name)
            for name in self.__match_args__
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        readers = cls.READERS
        return cls(
            **{
                name: readers[name](data[name]) if name in readers else data[name]
                for name in cls.__match_args__
                if name in data
            }
        )


def _plain(value: Any) -> Any:
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, tuple) and value and hasattr(value[0], "to_dict"):
        return [item.to_dict() for item in value]
    return value
