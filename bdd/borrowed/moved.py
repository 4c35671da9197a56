"""The sentence that is told when an upgrade has moved a private name."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version


@contextmanager
def explained(package: str, module: str, purpose: str) -> Iterator[None]:
    """Wraps imports of a package's private names.

    Raises:
        ImportError: one of them is gone; says which, what it was for, and what to do.
    """
    try:
        yield
    except ImportError as error:
        raise ImportError(
            f"{package} {version(package)} has moved a name that is needed for {purpose} "
            f"({error}). Install the version that requirements.txt pins, or adapt {module}."
        ) from None
