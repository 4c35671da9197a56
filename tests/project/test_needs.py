"""What scenarios can need is what servers can lack, and each need is looked at by one at least."""

import configparser
import re
from pathlib import Path

from driver import Capability

ROOT = Path(__file__).parents[2]


def declared() -> dict[str, str]:
    ini = configparser.ConfigParser()
    ini.read(ROOT / "pytest.ini", encoding="utf-8")
    lines = (line.split(": ", 1) for line in ini["pytest"]["bdd_needs"].strip().splitlines())
    return {name.strip(): meaning for name, meaning in lines}


def test_what_can_be_needed_is_what_can_be_missing() -> None:
    assert declared() == {each.key: each.value for each in Capability}


def test_tags_of_the_features_are_needs() -> None:
    text = "".join(file.read_text("utf-8") for file in (ROOT / "features").glob("*.feature"))
    assert set(re.findall(r"@needs_(\w+)", text)) <= set(declared())
