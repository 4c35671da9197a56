"""What the features promise: Rules, the scenarios of each, and the faults that these notice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bdd.language.checks import CheckedFile
from bdd.language.faults import Fault
from bdd.language.runs import node_name
from bdd.language.scenarios import PlacedScenario

ISSUE, LINK = "@issue:", "@link:"


@dataclass(frozen=True)
class Reference:
    """Where more is written, by a tag: an issue's name, or a link and its address."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class Promise:
    """A Rule with its scenarios; `rule` is empty for those of a feature that are below none."""

    file: str
    feature: str
    rule: str
    scenarios: tuple[str, ...]
    nodes: frozenset[str]
    references: tuple[Reference, ...]

    def noticed(self, faults: Iterable[Fault]) -> list[Fault]:
        """The faults that at least one of its scenarios notices."""
        return [fault for fault in faults if fault.noticed_by & self.nodes]

    def noticed_alone(self, faults: Iterable[Fault]) -> list[Fault]:
        """The faults among them that no scenario of another promise notices."""
        return [fault for fault in self.noticed(faults) if fault.noticed_by <= self.nodes]


def promises_of(files: Iterable[CheckedFile]) -> list[Promise]:
    """The promises in the order of the files."""
    return [promise for file in files for promise in _of_file(file)]


def _of_file(file: CheckedFile) -> Iterator[Promise]:
    for (feature, rule), group in groupby(file.scenarios, _headings):
        scenarios = list(group)
        yield Promise(
            file=file.name,
            feature=feature,
            rule=rule,
            scenarios=tuple(each.node.name for each in scenarios),
            nodes=frozenset(f"{file.name}::{node_name(each.node)}" for each in scenarios),
            references=tuple(_references(scenarios)),
        )


def _headings(scenario: PlacedScenario) -> tuple[str, str]:
    return scenario.feature.name, scenario.rule.name if scenario.rule else ""


def _references(scenarios: Sequence[PlacedScenario]) -> Iterator[Reference]:
    names = dict.fromkeys(tag.name for each in scenarios for tag in each.tags)
    for name in names:
        if name.startswith(ISSUE):
            yield Reference(name.removeprefix(ISSUE))
        elif name.startswith(LINK):
            address = name.removeprefix(LINK)
            yield Reference(address.partition("://")[2] or address, address)
