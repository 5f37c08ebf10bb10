package dev.attune.feedback.revision;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.feedback.endpoint.ModelAddress;
import org.jspecify.annotations.Nullable;

/**
 * A recipe of {@code attune revise}.
 *
 * @param constitution the file
 * @param model writes the first answers
 * @param critic writes critiques and revisions
 * @param template chat template of models in a directory; null: their own
 * @param prompts the file with the prompts
 * @param limit prompts that are used, from the first; null: all
 * @param batch prompts that are answered and revised together
 * @param skill how the critic is measured first; null: not at all
 * @param helpful demonstrations that are mixed with the revisions; null: none
 */
public record RevisionRecipe(
        String constitution,
        ModelAddress model,
        ModelAddress critic,
        @Nullable String template,
        String prompts,
        @Nullable Integer limit,
        int batch,
        @JsonUnwrapped RevisionSettings revision,
        @Nullable Skill skill,
        RevisionGates gates,
        @Nullable Helpful helpful) {
    /**
     * Answers with known faults, and the accuracy below which the job does not start.
     *
     * @param minimum in [0, 1]
     */
    public record Skill(String items, double minimum) {}

    /**
     * Demonstrations of helpful answers.
     *
     * @param share of the mixed rows that are helpful ones, in [0, 1)
     */
    public record Helpful(String path, double share) {}

    /**
     * Reads a recipe.
     *
     * @param file the name for messages
     * @throws dev.attune.core.error.BadInputException for an unknown key or an invalid value
     */
    public static RevisionRecipe read(String file, Node tree) {
        SectionReader fields = new SectionReader(file, "", tree);
        ModelAddress model = required(fields, "model");
        ModelAddress critic = ModelAddress.read(fields, "critic");
        RevisionRecipe recipe = new RevisionRecipe(
                fields.requiredText("constitution", "a constitution's file"),
                model,
                critic == null ? model : critic,
                fields.optionalText("template"),
                fields.requiredText("prompts", "a file with prompts"),
                fields.optionalInteger("limit", 1),
                fields.integer("batch", 32, 1),
                settings(fields),
                fields.optionalSection("skill", RevisionRecipe::skill),
                fields.section("gates", RevisionGates::read),
                fields.optionalSection("helpful", RevisionRecipe::helpful));
        fields.finish();
        return recipe;
    }

    private static ModelAddress required(SectionReader fields, String key) {
        ModelAddress address = ModelAddress.read(fields, key);
        return address == null ? new ModelAddress.Local(fields.requiredText(key, "a model")) : address;
    }

    private static RevisionSettings settings(SectionReader fields) {
        RevisionSettings standard = RevisionSettings.DEFAULT;
        return new RevisionSettings(
                fields.integer("rounds", standard.rounds(), 1),
                fields.texts("tags"),
                fields.integer("examples", standard.examples(), 0),
                fields.integer("max_new_tokens", standard.maxNewTokens(), 1),
                fields.number("temperature", standard.temperature(), Range.NOT_NEGATIVE),
                fields.longValue("seed", standard.seed()));
    }

    private static Skill skill(SectionReader fields) {
        return new Skill(
                fields.requiredText("items", "a file with answers whose faults are known"),
                fields.number("minimum", 0.7, Range.FRACTION));
    }

    private static Helpful helpful(SectionReader fields) {
        return new Helpful(
                fields.requiredText("path", "a file with demonstrations"),
                fields.number("share", 0.5, Range.PROPER_FRACTION));
    }
}
