import static org.semanticweb.owlapi.profiles.Profiles.OWL2_DL;
import static org.semanticweb.owlapi.profiles.Profiles.OWL2_RL;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.formats.TurtleDocumentFormat;
import org.semanticweb.owlapi.io.StringDocumentSource;
import org.semanticweb.owlapi.model.IRI;

/** Prints, for Turtle files taken together: the number of axioms, then each profile with its violations. */
class Profiles {
    public static void main(String[] files) throws Exception {
        // Joined before parsing: what one file uses may be declared in another, and a parser must know both.
        var text = new StringBuilder();
        for (var file : files) text.append(Files.readString(Path.of(file))).append('\n');
        var source = new StringDocumentSource(
                text.toString(), IRI.create("urn:joined"), new TurtleDocumentFormat(), null);
        var ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(source);
        System.out.printf("axioms %d%n", ontology.getAxiomCount());
        for (var profile : List.of(OWL2_DL, OWL2_RL)) {
            var violations = profile.checkOntology(ontology).getViolations();
            System.out.printf("%s %d%n", profile, violations.size());
            for (var violation : violations) {
                System.out.printf("  %s: %s%n", violation.getClass().getSimpleName(), violation);
            }
        }
    }
}
