"""What a reader is told: every command and every setting is explained, and the README names them all."""

import ast
import dataclasses
import inspect
import re
from itertools import pairwise
from pathlib import Path

import click
import pytest

from musubi import settings
from musubi.cli import VERBS, cli
from musubi.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = [field.name for field in dataclasses.fields(Settings)]


def test_the_readme_gives_the_two_commands() -> None:
    assert "script/serve" in README
    assert "script/test" in README
    assert (ROOT / "script/serve").exists()
    assert (ROOT / "script/test").exists()


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_has_help_and_is_in_the_readme(verb: str) -> None:
    command = cli.get_command(click.Context(cli), verb)
    assert command is not None
    assert command.help
    assert f"`musubi {verb}" in README


def docstrings() -> dict[str, str]:
    """The text that follows each field of Settings."""
    (body,) = [n.body for n in ast.parse(inspect.getsource(settings)).body if isinstance(n, ast.ClassDef)]
    return {
        field.target.id: text.value.value
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_explained_and_in_the_readme(name: str) -> None:
    assert docstrings()[name].endswith(".")
    assert f"`{PREFIX}{name.upper()}`" in README


def test_the_readme_names_no_setting_that_is_not_there() -> None:
    told = set(re.findall(rf"`{PREFIX}([A-Z_]+)`", README)) - {"PYTHON"}
    assert told == {name.upper() for name in SETTINGS}


def test_the_links_of_the_readme_lead_somewhere() -> None:
    targets = [t for t in re.findall(r"\]\(([^)#]+)", README) if "://" not in t]
    assert [target for target in targets if not (ROOT / target).exists()] == []
