"""What became of the mutants, for people: a page of Markdown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from faults.mutation.excuses import excuse_of
from faults.mutation.trials import Outcome, Result
from faults.report import TEMPLATES


@dataclass(frozen=True, slots=True)
class Summary:
    """The results of one sample of `drawn_from` mutants."""

    results: Sequence[Result]
    drawn_from: int
    seed: int
    seconds: float

    @property
    def unnoticed(self) -> Sequence[Result]:
        """Survivors that somebody outside could tell from the right server."""
        return [each for each in self._survivors if not excuse_of(each.mutant)]

    @property
    def excused(self) -> Sequence[tuple[Result, str]]:
        """Survivors that nobody outside can tell, and why."""
        told = ((each, excuse_of(each.mutant)) for each in self._survivors)
        return [(each, reason) for each, reason in told if reason]

    @property
    def share(self) -> float:
        """Percent noticed, of the mutants that start and that somebody outside could tell."""
        noticed = self.count(Outcome.NOTICED) + self.count(Outcome.NO_END)
        return 100 * noticed / max(1, noticed + len(self.unnoticed))

    @property
    def rooms(self) -> Sequence[tuple[str, Counter[Outcome], int]]:
        """For each module: how many of its mutants had which outcome, and how many are excused."""
        paths = dict.fromkeys(each.mutant.path for each in self.results)
        excused = Counter(each.mutant.path for each, _ in self.excused)
        return [(path, self._outcomes(path), excused[path]) for path in paths]

    def count(self, outcome: Outcome) -> int:
        """How many mutants had this outcome."""
        return sum(each.outcome is outcome for each in self.results)

    def _outcomes(self, path: str) -> Counter[Outcome]:
        return Counter(each.outcome for each in self.results if each.mutant.path == path)

    @property
    def _survivors(self) -> Sequence[Result]:
        return [each for each in self.results if each.outcome is Outcome.SURVIVED]


def in_one_line(summary: Summary) -> str:
    """The figures."""
    return (
        f"{len(summary.results)} of {summary.drawn_from} mutants (seed {summary.seed}): "
        f"{summary.count(Outcome.NO_START)} do not start, "
        f"{summary.count(Outcome.NOTICED) + summary.count(Outcome.NO_END)} noticed, "
        f"{len(summary.unnoticed)} not noticed, {len(summary.excused)} cannot be told from the "
        f"right server: {summary.share:.1f} % noticed. It took {summary.seconds:.0f} s."
    )


def as_markdown(summary: Summary) -> str:
    """The whole page."""
    template = TEMPLATES.get_template("mutation.md.jinja")
    return template.render(summary=summary, figures=in_one_line(summary), Outcome=Outcome)
