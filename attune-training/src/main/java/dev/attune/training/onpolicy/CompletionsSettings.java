package dev.attune.training.onpolicy;

import dev.attune.core.settings.Node;
import dev.attune.core.settings.SectionReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stored completions to learn from instead of samples: {@code completions: FILE}, or a section with weights.
 *
 * @param path of the file, as {@link StoredRollouts} reads it
 * @param weights of the file's rewards by name; 1 for those that are not named
 */
public record CompletionsSettings(String path, Map<String, Double> weights) {
    /** Null if the recipe has none. */
    static @Nullable CompletionsSettings read(SectionReader recipe) {
        if (recipe.isNull(PromptSettings.COMPLETIONS)) {
            return null;
        }
        if (recipe.node(PromptSettings.COMPLETIONS) instanceof Node.Section) {
            return recipe.section(PromptSettings.COMPLETIONS, CompletionsSettings::section);
        }
        return new CompletionsSettings(recipe.requiredText(PromptSettings.COMPLETIONS, "a file"), Map.of());
    }

    private static CompletionsSettings section(SectionReader fields) {
        Map<String, Double> weights = new LinkedHashMap<>();
        fields.textMap("weights").forEach((name, text) -> {
            try {
                weights.put(name, Double.valueOf(text));
            } catch (NumberFormatException e) {
                throw fields.invalid("weights", "'" + text + "' for " + name, "a number", "change it");
            }
        });
        return new CompletionsSettings(fields.requiredText("path", "a file of completions"), weights);
    }
}
