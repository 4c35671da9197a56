"""How frames of the event stream are read."""

from driver.contract.models import Models
from driver.messages import Hello, OrderEvent

WHERE = "A frame of the event stream"


class Frames:
    """Reads frames by the terms of one contract."""

    def __init__(self, models: Models) -> None:
        self._models = models

    def read(self, text: str | bytes) -> tuple[Hello | OrderEvent, ...]:
        """What a frame says: one message, several, or none that a client has to heed.

        Raises ContractViolation for any other form than the promised one.
        """
        return (self._models.frame(text, WHERE),)
