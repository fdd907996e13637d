"""What owlrl says follows, filtered as musubi.build.reason does, written a second time."""

import owlrl
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef

from musubi.vocabulary import BASE

OWN = BASE + "ontology#"
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Ontology, RDFS.Datatype}

Triples = set[tuple[str, str, str]]


def expected(stated: Graph) -> Triples:
    """The useful triples that follow from ontology and data in one graph, and are not stated in it."""
    closed = Graph() + stated
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    assert not [1 for s, _, o in closed.triples((None, OWL.sameAs, None)) if s != o and not isinstance(o, Literal)]
    terms = {s for kind in KINDS for s in stated.subjects(RDF.type, kind)}
    return {
        (s.n3(), p.n3(), o.n3())
        for s, p, o in closed - stated
        if isinstance(s, URIRef) and s not in terms and not isinstance(o, BNode)
        if (o if p == RDF.type else p).startswith(OWN)
    }
