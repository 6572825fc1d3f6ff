"""The documentation is complete: tables, labels, commands, settings, keys, pages, dependencies; and its links hold."""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from datasette.app import Datasette

from retold import build, cli, codebook
from retold.sharing import tables
from tests.conftest import ROOT

DOCS = sorted([*ROOT.glob("docs/**/*.md"), ROOT / "README.md"])


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def schema_tables() -> list[str]:
    return re.findall(r"^create table (\w+)", text("retold/store/schema.sql"), re.MULTILINE)


@pytest.mark.parametrize("table", schema_tables())
def test_every_table_is_documented(table: str) -> None:
    assert f"`{table}`" in text("docs/maintainers/data.md")


def test_every_column_is_described_where_people_read_it() -> None:
    known = yaml.safe_load(text("metadata.yml"))["databases"]["retold"]["tables"]
    body = re.sub(r"--.*", "", text("retold/store/schema.sql"))
    for table, columns in re.findall(r"create table (\w+) \((.*?)\n\)(?: without rowid)?;", body, re.DOTALL):
        for column in re.findall(r'^  "?(\w+)"? (?:text|integer|real)\b', columns, re.MULTILINE):
            assert known[table]["columns"].get(column), f"{table}.{column}"


def test_every_label_and_operation_is_in_the_annotators_codebook() -> None:
    page = text("docs/annotators/codebook.md")
    book = codebook.load()
    for name in [label.id for label in book.labels] + list(book.operations):
        assert f"`{name}`" in page


def options(parser: argparse.ArgumentParser) -> set[str]:
    found = {option for action in parser._actions for option in action.option_strings if option.startswith("--")}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                found |= {name} | options(sub)
    return found - {"--help"}


@pytest.mark.parametrize(
    ("parser", "page"), [(build._parser(), "docs/users/build.md"), (cli._parser(), "docs/users/exchange.md")]
)
def test_every_command_and_option_is_documented(parser: argparse.ArgumentParser, page: str) -> None:
    said = text(page)
    for name in options(parser) - {"build"}:
        assert name in said, name


def test_everything_that_can_be_exported_is_documented() -> None:
    from retold.sharing.outgoing import KINDS

    said = text("docs/users/exchange.md")
    for name in (*KINDS, *tables.JOINS):
        assert f"`{name}`" in said


def test_every_setting_is_documented_with_its_value() -> None:
    said = text("docs/maintainers/settings.md")
    for name, value in yaml.safe_load(text("datasette.yml"))["settings"].items():
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        assert f"| `{name}` | {shown} |" in said, name


def test_every_make_target_is_documented() -> None:
    said = text("docs/maintainers/settings.md")
    for target in re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE):
        assert f"`make {target}`" in said


def test_every_variable_of_the_environment_is_documented() -> None:
    said = text("docs/maintainers/settings.md")
    sources = [*ROOT.glob("scripts/*.sh"), *ROOT.glob("retold/**/*.py"), *ROOT.glob("plugins/*.py"), ROOT / "Makefile"]
    for path in sources:
        for name in re.findall(r"\b(RETOLD_[A-Z_]+|DATASETTE_[A-Z_]+)\b", path.read_text(encoding="utf-8")):
            assert f"`{name}`" in said, name


def routes() -> list[str]:
    """The fixed part of every address that our plugins answer."""
    datasette = Datasette(memory=True, plugins_dir=str(ROOT / "plugins"))
    assert datasette
    from datasette.plugins import pm

    found = set()
    for plugin in pm.get_plugins():
        # Another test may have loaded them first, from a copy of the folder.
        file = Path(str(getattr(plugin, "__file__", "")))
        ours = file.parent.name == "plugins" and (ROOT / "plugins" / file.name).exists()
        if ours and hasattr(plugin, "register_routes"):
            for pattern, *_ in plugin.register_routes():
                found.add(re.split(r"[(\\$]", pattern.lstrip("^"))[0].rstrip("/") or "/")
    return sorted(found)


def test_every_page_and_call_is_documented() -> None:
    said = "\n".join(
        text(page) for page in ("docs/users/pages.md", "docs/maintainers/api.md", "docs/users/exchange.md")
    )
    found = routes()
    assert len(found) > 5
    for address in found:
        assert address in said, address


def test_every_key_is_documented() -> None:
    said = text("docs/annotators/annotating.md")
    defaults = re.search(r"const DEFAULTS = \{(.*?)\n\};", text("static/js/keys.js"), re.DOTALL)
    assert defaults
    for key in re.findall(r'^\s+\w+: \["([^"]+)"', defaults[1], re.MULTILINE):
        for part in key.split("+"):
            assert f"`{part}`" in said, key


def test_every_dependency_has_its_reason() -> None:
    said = text("docs/maintainers/dependencies.md").lower()
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = project["dependencies"] + [one for extra in project["optional-dependencies"].values() for one in extra]
    for requirement in wanted:
        name = re.split(r"[\[><=~ ]", requirement)[0].lower()
        assert re.search(rf"\b{re.escape(name)}\b", said), name
        assert ">=" in requirement, f"{name} has no lower bound"


@pytest.mark.parametrize("page", DOCS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_pages_hold(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("/"):
            assert (page.parent / target).exists(), target


def test_every_page_of_the_documentation_can_be_reached() -> None:
    index = text("docs/README.md")
    for page in ROOT.glob("docs/**/*.md"):
        name = str(page.relative_to(ROOT / "docs"))
        assert name == "README.md" or f"({name})" in index, name
