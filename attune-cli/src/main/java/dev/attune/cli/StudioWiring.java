package dev.attune.cli;

import dev.attune.cli.process.OwnProcess;
import dev.attune.core.error.BadInputException;
import dev.attune.studio.Wiring;
import dev.attune.studio.inspect.TokenNames;
import dev.attune.studio.loop.PolicyMethod;
import dev.attune.studio.loop.RewardPlan;
import dev.attune.training.method.Methods;
import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.method.RecipeWriter;
import dev.attune.training.method.TrainingMethod;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Connects the studio to the engine, the tokenizers and training. */
final class StudioWiring {
    /** What a project's data can serve. */
    private static final Set<TrainingMethod.Source> SERVED =
            EnumSet.of(TrainingMethod.Source.PREFERENCES, TrainingMethod.Source.PROMPTS);

    private StudioWiring() {}

    /**
     * @param engine sets device and threads; called before the first model is loaded
     * @param tokens the texts of tokens
     */
    static Wiring complete(Runnable engine, TokenNames tokens) {
        return new Wiring(
                new EngineModels(engine), StudioWiring::train, StudioWiring::completeRecipe, policyMethods(), tokens);
    }

    private static List<String> train(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("train"));
        all.addAll(arguments);
        return OwnProcess.command(List.of(), all);
    }

    private static String completeRecipe(String place, String yaml) {
        if (RecipeReader.parse(place, yaml, Map.of()) instanceof RecipeFile.Single single) {
            return RecipeWriter.yaml(single.recipe());
        }
        throw BadInputException.at(place, "stages", "one run", "start the stages one by one");
    }

    /** Reward models have a form of their own, and a project has neither demonstrations nor labelled steps. */
    private static List<PolicyMethod> policyMethods() {
        return Methods.registered().all().stream()
                .filter(method -> SERVED.contains(method.source()))
                .filter(method -> !method.name().equals(RewardPlan.METHOD))
                .map(method -> new PolicyMethod(
                        method.name(), method.summary(), method.source() == TrainingMethod.Source.PROMPTS))
                .toList();
    }
}
