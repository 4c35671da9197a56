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
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 120_000
_IMAGE = re.compile(
    r'<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)-dark.png">\s*'
    r'<img src="([^"]+)-light.png" width="\d+" alt="([^"]+)">\s*</picture>'
)
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    links = _LINK.findall(document.read_text(encoding="utf-8"))
    broken = [link for link in links if not document.parent.joinpath(link).exists()]
    assert not broken


def pictures(document: Path) -> list[Path]:
    """The pictures that the document shows, light or dark, without these endings."""
    text = document.read_text(encoding="utf-8")
    shown = _IMAGE.findall(text)
    assert len(shown) == text.count("<img"), "each is light, dark and told in words"
    assert all(dark == light for dark, light, _ in shown)
    return [document.parent.joinpath(light).resolve() for _, light, _ in shown]


def test_every_picture_is_small_light_and_dark_and_shown_somewhere() -> None:
    shown = {name for document in DOCUMENTS for name in pictures(document)}
    files = {path: path.stat().st_size for path in PICTURES.glob("*.png")}
    endings = [f"{name}-{scheme}.png" for name in shown for scheme in ("light", "dark")]
    assert {str(path) for path in files} == set(endings), "run: python run.py pictures"
    assert all(size <= MOST_BYTES for size in files.values())


def test_the_readme_names_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert rooms
    assert not [room for room in rooms if f"| `{room}/` |" not in readme]


def test_the_features_folder_holds_no_python() -> None:
    assert not list((ROOT / "features").rglob("*.py"))
