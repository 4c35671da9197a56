"""What became of the mutants, for people: a page of Markdown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from faults.mutation.trials import Outcome, Result
from faults.report import TEMPLATES


@dataclass(frozen=True, slots=True)
class Summary:
    """The results of one sample of `drawn_from` mutants."""

    results: Sequence[Result]
    drawn_from: int
    seed: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    """How many mutants are looked at by no sample, by what they change."""

    def with_outcome(self, outcome: Outcome) -> Sequence[Result]:
        """The mutants that had this outcome."""
        return [each for each in self.results if each.outcome is outcome]

    @property
    def noticed(self) -> int:
        """How many a scenario noticed."""
        return len(self.with_outcome(Outcome.NOTICED))

    @property
    def unnoticed(self) -> Sequence[Result]:
        """Those that survived, and those about which a busy machine could not tell in time."""
        return [*self.with_outcome(Outcome.SURVIVED), *self.with_outcome(Outcome.NO_END)]

    @property
    def share(self) -> float:
        """Percent noticed, of the mutants that start and that somebody outside could tell."""
        return 100 * self.noticed / max(1, self.noticed + len(self.unnoticed))

    @property
    def rooms(self) -> Sequence[tuple[str, Counter[Outcome]]]:
        """For each module: how many of its mutants had which outcome."""
        rooms: dict[str, Counter[Outcome]] = {}
        for each in self.results:
            rooms.setdefault(each.mutant.path, Counter())[each.outcome] += 1
        return list(rooms.items())


def in_one_line(summary: Summary) -> str:
    """The figures."""
    no_start, excused = (
        len(summary.with_outcome(each)) for each in (Outcome.NO_START, Outcome.EXCUSED)
    )
    return (
        f"{len(summary.results)} of {summary.drawn_from} mutants (seed {summary.seed}): {no_start} "
        f"do not start, {excused} cannot be told from the right server, {summary.noticed} noticed, "
        f"{len(summary.unnoticed)} not noticed: {summary.share:.1f} % noticed."
    )


def as_markdown(summary: Summary) -> str:
    """The whole page."""
    template = TEMPLATES.get_template("mutation.md.jinja")
    return template.render(summary=summary, figures=in_one_line(summary), Outcome=Outcome)
