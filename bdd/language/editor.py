"""Settings by which the Cucumber extension of VS Code understands the step definitions.

https://github.com/cucumber/vscode: `cucumber.glue` and `cucumber.parameterTypes`.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from bdd.language.definitions import StepDefinition


def parameter_types(definitions: Sequence[StepDefinition]) -> list[dict[str, str]]:
    """One entry for each placeholder as it is written in the sentences, such as `count:Count`."""
    found = {
        f"{name}:{kind.name}" if kind.name else name: kind.pattern
        for definition in definitions
        for name, kind in definition.fields.items()
    }
    return [{"name": name, "regexp": found[name]} for name in sorted(found)]


def with_steps(
    settings: Mapping[str, object], definitions: Sequence[StepDefinition]
) -> dict[str, object]:
    """The settings with what they say of the steps renewed and all else left as it was."""
    glue = sorted({str(PurePosixPath(each.file).parent / "*.py") for each in definitions})
    return {
        **settings,
        "cucumber.glue": glue,
        "cucumber.parameterTypes": parameter_types(definitions),
    }
