"""What is measured, as a step calls it."""

from step_defs.checks.bursts import FIGURES
from step_defs.phrases.reading import phrase
from step_defs.world.selection import Times

TYPES = (
    phrase("Times", {str(times): times for times in Times}, "response"),
    phrase("Figure", FIGURES, "average"),
)
