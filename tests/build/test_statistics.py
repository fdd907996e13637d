from musubi.build.canonical import triples_in
from musubi.build.statistics import statistics
from musubi.vocabulary import BASE, PREFIXES, Names

TYPE, MATCH = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['skos']}exactMatch>"
QUADS = f"""
<a:x> {TYPE} <a:C> <a:g> .
<a:x> {TYPE} <a:C> <a:h> .
<a:y> {TYPE} <a:C> <a:g> .
<a:y> <a:p> "\\u7D50" <a:g> .
<a:y> <a:p> "結" <a:h> .
<a:y> {TYPE} _:b <a:g> .
<{BASE}id/x> {MATCH} <https://other.org/1> <a:links> .
<{BASE}id/x> {MATCH} <https://other.org/2> <a:links> .
<{BASE}id/x> {MATCH} <{BASE}id/y> <a:links> .
<{BASE}id/x> <{PREFIXES["dcterms"]}license> <https://other.org/3> <a:links> .
<a:x> {MATCH} <https://other.org/3> <a:links> .
"""


def test_each_triple_counts_once_however_it_is_written_and_wherever_it_stands() -> None:
    found = statistics(triples_in(QUADS.encode()), [], Names())
    assert (found.triples, found.subjects, found.objects) == (9, 3, 7)
    assert found.properties["a:p"] == 1
    assert found.classes == {"a:C": 2}
    assert sum(found.properties.values()) == found.triples


def test_links_are_those_of_our_things_to_things_elsewhere_by_property_and_site() -> None:
    found = statistics([], triples_in(QUADS.encode(), "a:links"), Names())
    assert found.links == {(f"{PREFIXES['skos']}exactMatch", "https://other.org/"): 2}


def test_without_links_there_are_no_linksets() -> None:
    assert statistics([], triples_in(QUADS.encode(), "a:none"), Names()).links == {}
