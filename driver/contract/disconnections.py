"""How a server says why it ends a subscription."""

from dataclasses import dataclass

from driver.messages import Disconnection


@dataclass(frozen=True, slots=True)
class DisconnectionRule:
    """A closing code (RFC 6455, 7.4), and words one of which the reason must have.

    `{last}` in a word stands for the sequence number of the last event that was received.
    """

    code: int
    words: tuple[str, ...] = ()

    def fits(self, disconnection: Disconnection, last_sequence: int) -> bool:
        """Whether code and reason say what they should."""
        words = [word.format(last=last_sequence) for word in self.words]
        reason = disconnection.reason.lower()
        return disconnection.code == self.code and (
            not words or any(word in reason for word in words)
        )

    def __str__(self) -> str:
        return f"code {self.code} and a reason with: {' or '.join(self.words) or 'anything'}"
