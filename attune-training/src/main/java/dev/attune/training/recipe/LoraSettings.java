package dev.attune.training.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.model.adapter.AdapterSpec;
import dev.attune.model.adapter.Targets;
import dev.attune.model.tensor.DType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Training an adapter instead of the model's own weights: {@code lora: {rank: 16}}. The base is frozen and shared by policy and
 * reference.
 *
 * @param alpha null: twice the rank
 * @param rslora whether the scale is alpha / sqrt(rank)
 * @param dora whether rows are scaled to trained magnitudes
 * @param targets {@code all-linear}, or a regular expression for the whole name; null if {@code modules} names them
 * @param modules ends of the names of the modules that are changed; empty if {@code targets} says which
 * @param exclude ends of names that are left out
 * @param rankPattern other ranks, by a regular expression for the end of a name
 * @param alphaPattern other alphas, likewise
 * @param modulesToSave modules trained as a whole
 * @param ensureWeightTying whether an embedding trained as a whole stays tied to the output projection
 * @param base how the frozen base is stored
 * @param start the directory of an adapter to train further; null for a new one
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RecordBuilder
public record LoraSettings(
        int rank,
        @Nullable Double alpha,
        double dropout,
        boolean rslora,
        boolean dora,
        @Nullable String targets,
        List<String> modules,
        List<String> exclude,
        Map<String, String> rankPattern,
        Map<String, String> alphaPattern,
        List<String> modulesToSave,
        boolean ensureWeightTying,
        Base base,
        @Nullable String start)
        implements LoraSettingsBuilder.With {
    /** The type of the frozen weights. */
    public enum Base {
        F32(DType.FLOAT32),
        BF16(DType.BFLOAT16),
        INT8(DType.INT8);

        private final DType type;

        Base(DType type) {
            this.type = type;
        }

        /** The tensors' type. */
        public DType type() {
            return type;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static LoraSettings read(SectionReader fields) {
        boolean named = fields.node("targets") instanceof Node.Items;
        return new LoraSettings(
                fields.integer("rank", 16, 1),
                fields.optionalNumber("alpha", Range.POSITIVE),
                fields.number("dropout", 0, Range.PROPER_FRACTION),
                fields.bool("rslora", false),
                fields.bool("dora", false),
                named ? null : fields.text("targets", Targets.ALL_LINEAR),
                modules(fields, named),
                fields.texts("exclude"),
                fields.textMap("rank_pattern"),
                fields.textMap("alpha_pattern"),
                fields.texts("modules_to_save"),
                fields.bool("ensure_weight_tying", false),
                fields.choice("base", Base.F32),
                fields.optionalText("start"));
    }

    /** {@code targets} as a list, or {@code modules}, as a recipe is written out. */
    private static List<String> modules(SectionReader fields, boolean named) {
        List<String> all = new ArrayList<>(fields.texts("modules"));
        if (named) {
            all.addAll(fields.texts("targets"));
        }
        return all;
    }

    /** The adapter that these settings describe. */
    public AdapterSpec spec() {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        rankPattern.forEach((pattern, text) -> ranks.put(pattern, (int) number("rank_pattern", text)));
        Map<String, Double> alphas = new LinkedHashMap<>();
        alphaPattern.forEach((pattern, text) -> alphas.put(pattern, number("alpha_pattern", text)));
        Targets chosen = modules.isEmpty()
                ? Targets.text(targets == null ? Targets.ALL_LINEAR : targets)
                : new Targets.Names(modules);
        return new AdapterSpec(
                rank,
                alpha == null ? 2.0 * rank : alpha,
                dropout,
                rslora,
                dora,
                chosen,
                exclude,
                ranks,
                alphas,
                modulesToSave,
                ensureWeightTying);
    }

    private static double number(String key, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw dev.attune.core.error.BadInputException.at("lora." + key, "'" + text + "'", "a number", "change it");
        }
    }
}
