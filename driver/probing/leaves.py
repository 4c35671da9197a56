"""JSON documents as leaves: values by the paths at which they stand."""

from collections.abc import Iterator, Mapping
from typing import Any

Leaves = Mapping[str, Any]
"""Values by their paths, such as `data.order.id`; an array is one value."""


def leaves(document: object, path: str = "") -> dict[str, Any]:
    """All values of a document that are no objects."""
    if not isinstance(document, dict) or not document:
        return {path: document} if path else {}
    found: dict[str, Any] = {}
    for name, value in document.items():
        found |= leaves(value, f"{path}.{name}" if path else str(name))
    return found


def arrays(document: object, path: str = "") -> Iterator[tuple[str, list[Any]]]:
    """The arrays of a document, and where they stand."""
    if isinstance(document, list):
        yield path, document
    elif isinstance(document, dict):
        for name, value in document.items():
            yield from arrays(value, f"{path}.{name}" if path else str(name))


def name_of(path: str) -> str:
    """The last part of a path."""
    return path.rpartition(".")[2]


def is_id(path: str, value: object, order_id: object) -> bool:
    """Whether this is the order's ID; a number is one only where the name says so."""
    if type(value) is not type(order_id) or value != order_id:
        return False
    return isinstance(value, str) or names_id(path)


def names_id(path: str) -> bool:
    """Whether a name means some ID."""
    return name_of(path).lower().replace("_", "").endswith("id")


def common_place(paths: list[str]) -> str:
    """The object that all the paths lead into; empty for the whole document."""
    outer = [path.split(".")[:-1] for path in paths]
    shared: list[str] = []
    for parts in zip(*outer, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return ".".join(shared)


def inside(found: Leaves, place: str) -> dict[str, Any]:
    """The leaves of the object at `place`, by their paths from there."""
    start = f"{place}." if place else ""
    return {path[len(start) :]: it for path, it in found.items() if path.startswith(start)}
