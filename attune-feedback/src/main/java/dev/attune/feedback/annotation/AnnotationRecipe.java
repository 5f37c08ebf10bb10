package dev.attune.feedback.annotation;

import dev.attune.core.settings.Node;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.feedback.endpoint.ModelAddress;
import dev.attune.feedback.judge.JudgePrompts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A recipe of {@code attune annotate}.
 *
 * @param constitution the file
 * @param judge the model that compares
 * @param template chat template of a judge in a directory; null: its own
 * @param judgePrompt what the judge is asked, with places for {@code {question}}, {@code {answer_a}}, {@code {answer_b}},
 *     {@code {principle}} and {@code {instruction}}
 * @param data file with tasks, rankings or pairs; their own labels are not read
 * @param limit rows that are used, from the first; null: all
 * @param tags the principles that are sampled from; empty: all
 * @param pairsPerPrompt pairs per prompt at most; 0 for all
 * @param verdict where the label comes from
 * @param thoughts tokens that the judge may think before its verdict; 0: it does not
 * @param softLow smallest label, in [0, 0.5]
 * @param votes judgements per pair, whose labels are averaged
 * @param threads pairs that are judged at once by a served model
 * @param skill how the judge is measured first; null: not at all
 * @param seed decides pairs, principles and samples
 */
public record AnnotationRecipe(
        String constitution,
        ModelAddress judge,
        @Nullable String template,
        String judgePrompt,
        String data,
        @Nullable Integer limit,
        List<String> tags,
        int pairsPerPrompt,
        Source verdict,
        int thoughts,
        double softLow,
        int votes,
        int threads,
        @Nullable Skill skill,
        long seed) {
    /** Where a label comes from. */
    public enum Source {
        /** The probabilities of the labels A and B as the next tokens. */
        LABELS,
        /** The verdict that the judge writes. */
        REPLIES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Pairs whose better side is known, and the accuracy below which the job does not start.
     *
     * @param minimum in [0, 1]
     */
    public record Skill(String pairs, double minimum) {}

    public AnnotationRecipe {
        tags = List.copyOf(tags);
    }

    /**
     * Reads a recipe.
     *
     * @param file the name for messages
     * @throws dev.attune.core.error.BadInputException for an unknown key or an invalid value
     */
    public static AnnotationRecipe read(String file, Node tree) {
        SectionReader fields = new SectionReader(file, "", tree);
        ModelAddress judge = ModelAddress.read(fields, "judge");
        int thoughts = fields.integer("thoughts", 0, 0);
        AnnotationRecipe recipe = new AnnotationRecipe(
                fields.requiredText("constitution", "a constitution's file"),
                judge == null ? new ModelAddress.Local(fields.requiredText("judge", "a model")) : judge,
                fields.optionalText("template"),
                fields.text("judge_prompt", JudgePrompts.PAIR.text()),
                fields.requiredText("data", "a file with completions"),
                fields.optionalInteger("limit", 1),
                fields.texts("tags"),
                fields.integer("pairs_per_prompt", 1, 0),
                fields.choice("verdict", Source.LABELS),
                thoughts,
                fields.number("soft_low", thoughts > 0 ? 0.4 : 0, new Range(0, true, 0.5, true)),
                fields.integer("votes", 1, 1),
                fields.integer("threads", 1, 1),
                fields.optionalSection("skill", AnnotationRecipe::skill),
                fields.longValue("seed", 0));
        fields.finish();
        return recipe;
    }

    private static Skill skill(SectionReader fields) {
        return new Skill(
                fields.requiredText("pairs", "a file with pairs whose better side is known"),
                fields.number("minimum", 0.7, Range.FRACTION));
    }
}
