from pathlib import Path

import pytest

from musubi.build.canonical import canonical, from_turtle, graph_sizes
from musubi.errors import InvalidGraph

GRAPH = "<https://example.org/graph>"


def quads(*lines: str) -> bytes:
    return "".join(f"{line} {GRAPH} .\n" for line in lines).encode()


def test_order_repetition_and_blank_node_names_do_not_matter() -> None:
    one = quads("<a:s> <a:p> _:x", "_:x <a:p> _:y", '_:y <a:p> "1"')
    other = quads('_:m <a:p> "1"', "_:n <a:p> _:m", "<a:s> <a:p> _:n", "<a:s> <a:p> _:n")
    assert canonical(one) == canonical(other)
    assert canonical(one) != canonical(quads("<a:s> <a:p> _:x", "_:x <a:p> _:x", '_:x <a:p> "1"'))


def test_lines_are_sorted_and_the_last_one_ends() -> None:
    content = canonical(quads('<a:s> <a:p> "む"', "<a:s> <a:p> <a:o>", '<a:s> <a:p> "m"'))
    assert content.endswith(b"\n")
    assert content.splitlines() == sorted(content.splitlines())
    assert len(content.splitlines()) == 3


def test_literals_keep_their_lexical_form() -> None:
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    content = canonical(quads(f'<a:s> <a:p> "001"^^{integer}', f'<a:s> <a:p> "1"^^{integer}'))
    assert b'"001"' in content
    assert len(content.splitlines()) == 2


def test_nothing_is_canonically_nothing() -> None:
    assert canonical(b"") == b""


def test_what_is_not_nquads_is_an_invalid_graph() -> None:
    with pytest.raises(InvalidGraph, match="not N-Quads"):
        canonical(b"<a:s> <a:p> .\n")


def test_turtle_files_keep_their_blank_nodes_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.ttl").write_text("_:x <a:p> _:x .", encoding="utf-8")
    merged = b"".join(from_turtle(tmp_path / f"{name}.ttl", "https://example.org/graph") for name in ("one", "two"))
    assert len(canonical(merged).splitlines()) == 2
    assert graph_sizes(merged) == {"https://example.org/graph": 2}


def test_a_wrong_turtle_file_is_reported_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "wrong.ttl"
    path.write_text("<a:s> <a:p> <a:o> .\n<a:s> <a:p> .\n", encoding="utf-8")
    with pytest.raises(InvalidGraph, match=r"wrong\.ttl:2"):
        from_turtle(path, "https://example.org/graph")


def test_a_missing_turtle_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidGraph, match=r"absent\.ttl: cannot be read"):
        from_turtle(tmp_path / "absent.ttl", "https://example.org/graph")


def test_a_triple_outside_all_named_graphs_is_refused() -> None:
    with pytest.raises(InvalidGraph, match="no named graph"):
        graph_sizes(b"<a:s> <a:p> <a:o> .\n")
