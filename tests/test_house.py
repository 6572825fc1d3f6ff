"""The walls stand: rooms import only rooms to their left, and the library knows nothing of the web."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ["reading", "naming", "tracing", "store", "sharing", "building"]
MODULES = sorted((ROOT / "retold").rglob("*.py"))


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_left(path: Path) -> None:
    room = path.relative_to(ROOT / "retold").parts[0]
    for name in imported(path):
        assert not name.startswith(("datasette", "plugins")), name
        for other in ROOMS[ROOMS.index(room) + 1 :] if room in ROOMS else ():
            assert not name.startswith(f"retold.{other}"), name


@pytest.mark.parametrize("path", sorted((ROOT / "plugins").glob("*.py")), ids=lambda p: p.name)
def test_plugins_stand_alone(path: Path) -> None:
    """Datasette loads each file of plugins/ by itself, so one cannot import another."""
    others = {p.stem for p in (ROOT / "plugins").glob("*.py")}
    assert not any(name.split(".")[0] == "plugins" or name in others for name in imported(path))


@pytest.mark.parametrize("path", [*MODULES, *sorted((ROOT / "plugins").glob("*.py"))], ids=lambda p: p.name)
def test_functions_fit_on_a_screen(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_schema_is_the_one_of_the_codebook() -> None:
    from retold import codebook
    from retold.model import Operation

    assert set(codebook.load().operations) == set(Operation.__args__)  # type: ignore[attr-defined]
