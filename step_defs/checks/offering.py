"""Whether what is declared missing is really missing."""

from collections.abc import Sequence

from driver import Capability
from step_defs.world.mismatches import ContractBroken


def require_absent(found: Sequence[Capability]) -> None:
    """Nothing of it is there."""
    if found:
        raise ContractBroken(
            "Something that is declared missing is there after all",
            expected="only what is really missing is declared so",
            got="; ".join(each.value for each in found),
        )
