package dev.attune.core.reward;

import dev.attune.core.model.ScoringModel;
import dev.attune.core.model.TextModel;
import dev.attune.core.provider.ProviderSettings;
import java.util.Map;

/**
 * What a {@link RewardProvider} gets.
 *
 * @param settings the function's own settings
 * @param textModels models that the run holds open for this function, by the names that the recipe gives them; usable as
 *     long as the function is
 * @param scoringModels the same for reward models
 * @param sandbox in which programs run
 */
public record RewardSetup(
        ProviderSettings settings,
        Map<String, TextModel> textModels,
        Map<String, ScoringModel> scoringModels,
        Sandbox sandbox) {
    public RewardSetup {
        textModels = Map.copyOf(textModels);
        scoringModels = Map.copyOf(scoringModels);
    }

    /** Settings alone; programs run as local processes. */
    public static RewardSetup of(Map<String, String> settings) {
        return new RewardSetup(
                new ProviderSettings("reward.settings", "reward", settings), Map.of(), Map.of(), new LocalProcesses());
    }

    /** A copy with another sandbox. */
    public RewardSetup withSandbox(Sandbox other) {
        return new RewardSetup(settings, textModels, scoringModels, other);
    }

    /** A copy with models. */
    public RewardSetup withModels(Map<String, TextModel> text, Map<String, ScoringModel> scoring) {
        return new RewardSetup(settings, text, scoring, sandbox);
    }
}
