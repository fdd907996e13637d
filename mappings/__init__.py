"""From document text to statements to RDF: pure functions, with the rules as data in rules/."""
