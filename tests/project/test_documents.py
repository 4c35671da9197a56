"""What the documents say of files and folders is true."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("*/*.md"))
    if path.parts[len(ROOT.parts)] not in {"node_modules", "reports", ".venv"}
)
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    links = _LINK.findall(document.read_text(encoding="utf-8"))
    broken = [link for link in links if not document.parent.joinpath(link).exists()]
    assert not broken


def test_the_readme_names_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert rooms
    assert not [room for room in rooms if f"| `{room}/` |" not in readme]


def test_the_features_folder_holds_no_python() -> None:
    assert not list((ROOT / "features").rglob("*.py"))
