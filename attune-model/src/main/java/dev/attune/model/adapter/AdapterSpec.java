package dev.attune.model.adapter;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Settings of a low-rank adapter (LoRA, arXiv 2106.09685), with PEFT's meanings: a linear map W of the base becomes
 * W + s B A, with A {@code [rank, in]}, B {@code [out, rank]} and s = alpha / rank.
 *
 * @param rank of the change, at least 1
 * @param alpha numerator of the scale
 * @param dropout probability with which inputs of A are dropped in training, in [0, 1)
 * @param rankStabilized whether s = alpha / sqrt(rank) (rsLoRA, arXiv 2312.03732)
 * @param dora whether rows are scaled to trained magnitudes (DoRA, arXiv 2402.09353)
 * @param targets modules that are changed
 * @param excluded modules that are not, though {@code targets} fits them: ends of names
 * @param ranks other ranks, by a regular expression for the end of a module's name; the first that fits is used
 * @param alphas other alphas, likewise
 * @param modulesToSave modules that are trained as a whole, by the ends of their names
 * @param tied whether an embedding in {@code modulesToSave} is also the output projection of a tied model
 */
@RecordBuilder
public record AdapterSpec(
        int rank,
        double alpha,
        double dropout,
        boolean rankStabilized,
        boolean dora,
        Targets targets,
        List<String> excluded,
        Map<String, Integer> ranks,
        Map<String, Double> alphas,
        List<String> modulesToSave,
        boolean tied)
        implements AdapterSpecBuilder.With {
    private static final String SCORE = "score";

    public AdapterSpec {
        require(rank >= 1, "rank", rank, "at least 1");
        require(alpha > 0 && Double.isFinite(alpha), "alpha", alpha, "a positive number");
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "a number from 0 to below 1");
        ranks.forEach((pattern, value) -> require(value >= 1, "rank_pattern, " + pattern, value, "at least 1"));
        alphas.forEach((pattern, value) -> require(value > 0, "alpha_pattern, " + pattern, value, "a positive number"));
        excluded = List.copyOf(excluded);
        ranks = Collections.unmodifiableMap(new LinkedHashMap<>(ranks));
        alphas = Collections.unmodifiableMap(new LinkedHashMap<>(alphas));
        modulesToSave = List.copyOf(modulesToSave);
    }

    private static void require(boolean valid, String key, Object found, String expected) {
        if (!valid) {
            throw BadInputException.at("lora, " + key, String.valueOf(found), expected, "correct the value");
        }
    }

    /** LoRA of this rank on all linear maps, with alpha twice the rank, so that s = 2, and without dropout. */
    public static AdapterSpec of(int rank) {
        return new AdapterSpec(
                rank,
                2.0 * rank,
                0,
                false,
                false,
                Targets.allLinear(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                false);
    }

    /** A reward model's score is trained as a whole, as PEFT does for its task. */
    AdapterSpec forModel(ModelConfig config) {
        if (!config.isReward() || modulesToSave.contains(SCORE)) {
            return this;
        }
        List<String> all = new ArrayList<>(modulesToSave);
        all.add(SCORE);
        return withModulesToSave(all);
    }

    /** The rank of a module's change. */
    public int rankOf(String module) {
        return first(ranks, module, rank);
    }

    /** The scale s of a module's change. */
    public double scaleOf(String module) {
        int r = rankOf(module);
        return first(alphas, module, alpha) / (rankStabilized ? Math.sqrt(r) : r);
    }

    private static <T> T first(Map<String, T> patterns, String module, T otherwise) {
        return patterns.entrySet().stream()
                .filter(entry -> fits(entry.getKey(), module))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }

    /** Whether a pattern fits the end of a module's name, after a dot or from its start. */
    static boolean fits(String pattern, String module) {
        Pattern end = Targets.compiled("(.*\\.)?(" + pattern + ")$");
        return end.matcher(module).lookingAt();
    }
}
