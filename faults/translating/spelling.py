"""How words and members are spelled on both sides: ours, and theirs in the other dialect."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, Self, TypeVar

from driver.contract import Form
from faults.translating.json_text import Members

T = TypeVar("T")


class Swap(Generic[T]):
    """Words of ours and theirs. What only they know means nothing to us, and the other way round.

    So that it goes on meaning nothing, such words change places.
    """

    def __init__(self, pairs: Mapping[T, T]) -> None:
        theirs = list(pairs.values())
        strange = [each for each in theirs if each not in pairs]
        freed = [each for each in pairs if each not in theirs]
        self._to_theirs = dict(pairs) | dict(zip(strange, freed, strict=True))
        self._to_ours = {theirs: ours for ours, theirs in self._to_theirs.items()}

    def theirs(self, word: T) -> T:
        """What they call it."""
        return self._to_theirs.get(word, word)

    def ours(self, word: T) -> T:
        """What we call it."""
        return self._to_ours.get(word, word)


Words = Mapping[str, Swap[str]]
"""The words of some fields, by the field's neutral name."""


class Fields:
    """The members of an object: flat as ours, and perhaps within others as theirs.

    Both are given by neutral names; theirs may be paths such as `data.id`.
    """

    def __init__(self, ours: Mapping[str, str], theirs: Mapping[str, str], words: Words) -> None:
        self._ours = {ours[name]: name for name in theirs}
        self._theirs = {path: name for name, path in theirs.items()}
        self._our_names = {name: ours[name] for name in theirs}
        self._paths = theirs
        self._words = words

    @classmethod
    def of(cls, ours: Form, theirs: Form, names: Iterable[str], words: Words) -> Self:
        """The fields of these names, by the tables of two dialects."""
        return cls(
            {name: getattr(ours, name) for name in names},
            {name: getattr(theirs, name) for name in names},
            words,
        )

    def to_theirs(self, document: Members) -> Members:
        """An object of ours as they would write it."""
        whole = Members()
        for spelled, value in document:
            name = self._ours.get(spelled)
            path = self._free(spelled) if name is None else self._paths[name]
            put(whole, path, self._word(name, value, to_theirs=True))
        return whole

    def to_ours(self, document: Members, start: str = "") -> Members:
        """An object of theirs, which stands at `start` in another, as we would write it."""
        flat = Members()
        for spelled, value in document:
            path = start + spelled
            name = self._theirs.get(path)
            if name is not None:
                flat.append((self._our_names[name], self._word(name, value, to_theirs=False)))
            elif isinstance(value, Members) and self._holds_more(path):
                flat.extend(self.to_ours(value, f"{path}."))
            else:
                flat.append((f"{path}_" if path in self._ours else path, value))
        return flat

    def path(self, our_name: str) -> str:
        """Where they have the member that we call so."""
        name = self._ours.get(our_name)
        return our_name if name is None else self._paths[name]

    def _holds_more(self, path: str) -> bool:
        return any(each.startswith(f"{path}.") for each in self._theirs)

    def _free(self, spelled: str) -> str:
        """A name of ours that they do not know, spelled so that they do not."""
        taken = {path.partition(".")[0] for path in self._theirs}
        return f"{spelled}_" if spelled in taken else spelled.replace(".", "_")

    def _word(self, name: str | None, value: Any, *, to_theirs: bool) -> Any:
        words = self._words.get(name or "")
        if words is None or not isinstance(value, str):
            return value
        return words.theirs(value) if to_theirs else words.ours(value)


def put(whole: Members, path: str, value: Any) -> None:
    """Puts a value at a path, within objects made for it; at the empty path all of its members."""
    first, _, rest = path.partition(".")
    if not path:
        whole.extend(value)
    elif not rest:
        whole.append((first, value))
    else:
        inner = whole.first(first)
        if not isinstance(inner, Members):
            inner = Members()
            whole.append((first, inner))
        put(inner, rest, value)
