package dev.attune.training.launch;

import dev.attune.core.provenance.DataSource;
import dev.attune.core.provenance.Parent;
import dev.attune.core.provenance.Provenance;
import dev.attune.training.method.RecipeWriter;
import dev.attune.training.recipe.Recipe;
import java.util.stream.Collectors;

/** The README.md of a trained model. */
final class ModelCard {
    private ModelCard() {}

    /** @param notes Markdown sections, each with a blank line at its end; may be empty */
    static String text(Recipe recipe, Provenance provenance, String notes) {
        return """
                ---
                library_name: transformers
                tags: [attune, %s]
                ---
                # %s

                Trained with Attune by the method `%s`, seed %d, on %s.

                %s## Made from
                %s
                ## Data
                Every data file of this model and of its parent models; provenance.json has the whole chain.

                %s
                ## Recipe
                ```yaml
                %s```
                """.formatted(
                        recipe.method(),
                        provenance.run(),
                        recipe.method(),
                        recipe.seed(),
                        provenance.time(),
                        notes,
                        parents(provenance),
                        data(provenance),
                        RecipeWriter.yaml(recipe));
    }

    private static String parents(Provenance provenance) {
        return provenance.parents().stream().map(ModelCard::line).collect(Collectors.joining());
    }

    private static String line(Parent parent) {
        return "- " + parent.role() + ": `" + parent.path() + "`, sha256 " + parent.sha256() + "\n";
    }

    private static String data(Provenance provenance) {
        return provenance.allData().stream().map(ModelCard::line).collect(Collectors.joining());
    }

    private static String line(DataSource source) {
        return "- `" + source.path() + "`, " + source.used() + " rows, sha256 " + source.sha256() + "\n";
    }
}
