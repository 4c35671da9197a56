"""The words that docs/contract.md gives for closed connections are those that are looked for."""

import re
from pathlib import Path

from driver import TRADING, DisconnectReason

CONTRACT = Path(__file__).parents[2] / "docs" / "contract.md"


def test_the_words_of_a_closed_connection_are_published() -> None:
    text = CONTRACT.read_text("utf-8")
    published = re.findall(r"^\| (?:is not|lies|reaches).*\| ([a-z, ]+) \|$", text, re.MULTILINE)
    rules = TRADING.disconnections
    unknown = (DisconnectReason.NOT_A_NUMBER, DisconnectReason.AHEAD, DisconnectReason.TOO_OLD)
    assert [tuple(words.split(", ")) for words in published] == [
        tuple(rules[reason].words) for reason in unknown
    ]
