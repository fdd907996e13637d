"""The rules of style that no tool checks: sizes, names, import arrows, prefixes, the form of queries."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from musubi.vocabulary import BASE, PREFIXES

ROOT = Path(__file__).parent.parent
FOLDERS = ("ontology", "seeds", "mappings", "shapes", "server", "queries", "tests", "benchmarks")


def files(suffix: str, *folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}")]
    # src/musubi holds links to the folders beside it, and each file counts once.
    return sorted({path.resolve() for path in found if "__pycache__" not in path.parts and ".venv" not in path.parts})


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


PACKAGE = files(".py", "src", "mappings", "server")
PYTHON = sorted({*PACKAGE, *files(".py", "tests", "benchmarks")})
TURTLE = files(".ttl", *FOLDERS)
TRIG = files(".trig", *FOLDERS)
QUERIES = files(".rq", *FOLDERS)


def test_the_walk_finds_the_files() -> None:
    assert len(PACKAGE) >= 40
    assert len(TURTLE) >= 40
    assert len(QUERIES) >= 15


# --- Sizes and names ---


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_no_module_is_longer_than_400_lines(path: Path) -> None:
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= 400


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_no_function_is_longer_than_50_lines(path: Path) -> None:
    long = [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno + 1 > 50]
    assert long == []


@pytest.mark.parametrize("path", PACKAGE, ids=name)
def test_no_function_takes_more_than_five_things(path: Path) -> None:
    def count(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        given = [a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
        return len([argument for argument in given if argument not in {"self", "cls"}])

    assert [f.name for f in functions(path) if count(f) > 5] == []


def test_no_module_is_a_place_for_everything() -> None:
    refused = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers", "core", "base"}
    assert [name(path) for path in PACKAGE if path.stem in refused] == []


@pytest.mark.parametrize("path", files(".py", "tests"), ids=name)
def test_a_test_is_a_sentence(path: Path) -> None:
    short = [f.name for f in functions(path) if f.name.startswith("test_") and f.name.count("_") < 3]
    assert short == []


# --- Imports ---

# A module may import from its own layer and from those below it.
LAYERS = (
    ("musubi.vocabulary", "musubi.errors", "musubi.data", "musubi.settings"),
    ("musubi.mappings",),
    ("musubi.build",),
    ("musubi.server",),
    ("musubi.cli", "musubi.commands"),
)


def module(path: Path) -> str:
    parts = path.relative_to(ROOT / "src" if path.is_relative_to(ROOT / "src") else ROOT).with_suffix("").parts
    dotted = ".".join(parts if parts[0] == "musubi" else ("musubi", *parts))
    return dotted.removesuffix(".__init__")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(dotted: str) -> int | None:
    for number, members in enumerate(LAYERS):
        if any(dotted == member or dotted.startswith(member + ".") for member in members):
            return number
    return None


@pytest.mark.parametrize("path", PACKAGE, ids=name)
def test_imports_point_one_way(path: Path) -> None:
    own = layer(module(path))
    if own is None:
        assert module(path) == "musubi"
        return
    upwards = {target for target in imported(path) if (layer(target) or 0) > own}
    assert upwards == set()


def test_the_walk_sees_imports_and_layers() -> None:
    arrows = {(layer(module(path)), layer(target)) for path in PACKAGE for target in imported(path)}
    assert {(1, 0), (2, 1), (3, 2), (4, 3)} <= arrows
    assert layer("musubi.server.ask") == 3
    assert layer("musubi.servers") is None


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        (
            "pyoxigraph",
            {
                "musubi.build.canonical",
                "musubi.build.dump",
                "musubi.build.reason",
                "musubi.build.store",
                "musubi.server.store",
                "musubi.server.worker",
            },
        ),
        ("pyshacl", {"musubi.build.shacl"}),
        ("owlrl", set()),
        ("flask", {"musubi.server"}),
    ],
)
def test_a_library_stays_where_it_belongs(library: str, allowed: set[str]) -> None:
    users = {module(path) for path in PACKAGE if any(t.partition(".")[0] == library for t in imported(path))}
    assert {user for user in users if not any(user == a or user.startswith(a + ".") for a in allowed)} == set()


def test_rdflib_stays_in_mapping_checking_and_serialising() -> None:
    users = {module(path) for path in PACKAGE if any(t.partition(".")[0] == "rdflib" for t in imported(path))}
    allowed = {
        *("musubi.build.alignment", "musubi.build.description", "musubi.build.provenance", "musubi.build.quads"),
        "musubi.build.shacl",
    }
    assert {user for user in users if not user.startswith("musubi.mappings.")} == allowed


# --- Turtle ---


def prefixes(path: Path) -> dict[str, str]:
    pattern = r"^(?:@prefix|PREFIX)\s+([A-Za-z]*):\s*<([^>]*)>"
    return dict(re.findall(pattern, path.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", TURTLE + TRIG + QUERIES, ids=name)
def test_prefixes_are_those_of_the_vocabulary_and_all_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for prefix, iri in prefixes(path).items():
        assert PREFIXES.get(prefix) == iri, prefix
        assert len(re.findall(rf"(?<![\w@]){prefix}:", text)) > 1, f"{prefix} is not used"
    assert set(re.findall(r"^@base <([^>]*)>", text, re.MULTILINE)) <= {BASE}


@pytest.mark.parametrize("path", TURTLE, ids=name)
def test_prefixes_stand_on_top(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    numbers = [number for number, line in enumerate(lines) if line.startswith(("@prefix", "@base"))]
    assert numbers == list(range(len(numbers)))


# --- SPARQL ---

KEYWORDS = (
    "select|ask|construct|describe|where|filter|optional|union|minus|bind|values|graph|order|group|by|having|limit|offset"
    "|distinct|reduced|prefix|as|not|exists|in|asc|desc"
)
FUNCTIONS = (
    "FILTER|BIND|BOUND|COALESCE|CONCAT|CONTAINS|COUNT|DATATYPE|GROUP_CONCAT|IF|IRI|ISBLANK|ISIRI|ISLITERAL|LANG|LCASE|MAX|MIN"
    "|REGEX|REPLACE|SAMPLE|STR|STRAFTER|STRBEFORE|STRDT|STRENDS|STRLANG|STRLEN|STRSTARTS|SUBSTR|SUM|UCASE|YEAR|MONTH|DAY"
)


def bare(path: Path) -> str:
    """A query without header, comments, IRIs and strings: its lines stay where they are."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r'<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|#[^\n]*', lambda m: "" if m[0].startswith("#") else "_", text)


@pytest.mark.parametrize("path", QUERIES, ids=name)
def test_a_query_parses_in_both_engines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    prepareQuery(text)
    ox.Store().query(text)


@pytest.mark.parametrize("path", QUERIES, ids=name)
def test_a_query_has_its_prefixes_in_capitals_and_sorted(path: Path) -> None:
    text = bare(path)
    declared = re.findall(r"^\s*PREFIX\s+(\w+):", text, re.MULTILINE)
    assert declared == sorted(declared)
    assert re.findall(r"^\s*prefix\b|@prefix", text, re.MULTILINE) == []


@pytest.mark.parametrize("path", QUERIES, ids=name)
def test_a_query_has_its_keywords_in_capitals(path: Path) -> None:
    assert re.findall(rf"(?<![\w:?$-])(?:{KEYWORDS})(?![\w:-])", bare(path)) == []


@pytest.mark.parametrize("path", QUERIES, ids=name)
def test_a_query_names_its_columns_and_says_where_in_an_order(path: Path) -> None:
    text = bare(path)
    assert not re.search(r"SELECT\s+(?:DISTINCT\s+|REDUCED\s+)?\*", text)
    assert "WHERE" in text
    if re.findall(r"\b(?:SELECT|CONSTRUCT|ASK|DESCRIBE)\b", text)[0] == "SELECT":
        assert "ORDER BY" in text


@pytest.mark.parametrize("path", QUERIES, ids=name)
def test_a_query_has_one_triple_pattern_a_line(path: Path) -> None:
    crowded = [line for line in bare(path).splitlines() if len(re.findall(r"\s\.(?=\s|$)", line)) > 1 or " ; " in line]
    assert crowded == []


@pytest.mark.parametrize("path", QUERIES, ids=name)
def test_a_query_has_no_space_before_the_bracket_of_a_function(path: Path) -> None:
    # pyoxigraph 0.5.13 refuses some of them.
    assert re.findall(rf"\b(?:{FUNCTIONS})\s+\(", bare(path)) == []


@pytest.mark.parametrize("path", QUERIES, ids=name)
def test_a_query_says_why_something_is_optional_or_must_not_exist(path: Path) -> None:
    explained = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        needs = re.match(r"\s*(?:OPTIONAL|FILTER NOT EXISTS)\b", line) is not None
        assert explained or not needs, f"line {number}"
        # One comment may stand over several that follow each other.
        explained = line.lstrip().startswith("# ") or (explained and needs)


@pytest.mark.parametrize("path", TURTLE + QUERIES + PYTHON, ids=name)
def test_a_file_ends_with_one_newline_and_has_no_tabs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if text:
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
    assert "\t" not in text


def test_every_check_has_data_that_fire_it() -> None:
    checks = {path.name.removesuffix("-violation.rq") for path in (ROOT / "queries/checks").glob("*.rq")}
    assert checks == {path.parent.name for path in (ROOT / "tests/checks").glob("*/fires.trig")}
    assert len(checks) >= 10
