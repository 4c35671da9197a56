"""The JSON Schema of a dialect file, for editors."""

from typing import Any

from driver.contract import Terms


def schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12): nothing is required, as a dialect extends another."""
    whole = Terms.model_json_schema()
    for form in (whole, *whole["$defs"].values()):
        if not form.get("title", "").endswith(("Rule", "EventStatuses")):
            form.pop("required", None)
    extends = {
        "type": "string",
        "default": "trading",
        "description": "The dialect that this one differs from: trading, or a file beside this.",
    }
    whole["properties"] = {"extends": extends, **whole["properties"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **whole,
        "title": "Dialect of a trading server",
    }
