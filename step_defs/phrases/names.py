"""Names of traders, orders and currency pairs, and text in quotes."""

from bdd import PlaceholderType
from step_defs.phrases.numbers import count
from step_defs.phrases.reading import A_WORD, NAME, NAME_MEANING, NAMES, QUOTED, names, quoted
from step_defs.phrases.things import subscriber, traders
from step_defs.world.subscribers import Traders


def _traders(text: str) -> Traders:
    if text == "every trader":
        return ()
    if text == "a trader":
        return (text,)
    if text.endswith(" traders"):
        return tuple(f"trader {number + 1}" for number in range(count(text.split(maxsplit=1)[0])))
    return names(text)


def pair(text: str) -> str:
    """A currency pair, or a name that stands for one."""
    if "/" in text:
        raise ValueError(f"a currency pair has no slash: write {text.replace('/', '')}")
    return text


TYPES = (
    PlaceholderType(
        "Name", str, NAME, "Ann", NAME_MEANING, ("Ann", "Bob"), lambda name: [subscriber(name)]
    ),
    PlaceholderType("OrderName", str, NAME, "A", NAME_MEANING),
    PlaceholderType(
        "Traders",
        _traders,
        f"(?:a trader|every trader|[0-9]+ traders|{NAMES})",
        "Ann and Bob",
        "names, each one word with a capital letter; `a trader`; `5 traders`; `every trader`: all "
        "subscribers",
        needs=traders,
    ),
    PlaceholderType("Symbol", pair, A_WORD, "EURUSD", "a currency pair"),
    PlaceholderType("Text", quoted, QUOTED, '"many"', "text in quotes"),
)
