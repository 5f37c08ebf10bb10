package dev.attune.cli;

import dev.attune.core.error.BadInputException;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.LocalTextModel;
import dev.attune.studio.Wiring;
import dev.attune.training.recipe.RecipeFile;
import dev.attune.training.recipe.RecipeReader;
import dev.attune.training.recipe.RecipeWriter;
import java.util.Map;

/** The engine and the recipes as the studio knows them. */
final class StudioWiring {
    private StudioWiring() {}

    static Wiring complete() {
        return new Wiring(
                address -> LocalTextModel.open(ModelLocation.resolve(address)),
                new OwnProcess(),
                StudioWiring::completeRecipe);
    }

    private static String completeRecipe(String place, String yaml) {
        if (RecipeReader.parse(place, yaml, Map.of()) instanceof RecipeFile.Single single) {
            return RecipeWriter.yaml(single.recipe());
        }
        throw BadInputException.at(place, "stages", "one run", "start them one after the other");
    }
}
