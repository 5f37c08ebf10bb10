package dev.attune.model.config;

import dev.attune.core.error.BadInputException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads rotary embeddings from either layout: {@code rope_parameters} of transformers 5, or {@code rope_theta} with
 * {@code rope_scaling} of version 4. Precedence follows transformers: {@code rope_scaling} before {@code
 * rope_parameters}, the inner object before keys at the top level, except {@code original_max_position_embeddings},
 * where the top level wins.
 */
public final class RopeReader {
    private static final Set<String> KEYS = Set.of(
            "rope_type",
            "type",
            "rope_theta",
            "partial_rotary_factor",
            "factor",
            "original_max_position_embeddings",
            "attention_factor",
            "beta_fast",
            "beta_slow",
            "mscale",
            "mscale_all_dim",
            "truncate",
            "short_factor",
            "long_factor",
            "low_freq_factor",
            "high_freq_factor");

    private final RopeRules rules;
    private final ConfigFields top;
    private final @Nullable ConfigFields inner;
    private final int maxPositions;

    /** Reads the embeddings that all layers share. */
    RopeReader(RopeRules rules, ConfigFields top, int maxPositions) {
        this(rules, top, inner(top), maxPositions);
    }

    /**
     * Reads embeddings from an object of their own.
     *
     * @param top the config.json
     * @param inner the object with the rope type and its settings, or null
     * @param maxPositions context length
     */
    public RopeReader(RopeRules rules, ConfigFields top, @Nullable ConfigFields inner, int maxPositions) {
        this.rules = rules;
        this.top = top;
        this.inner = inner;
        this.maxPositions = maxPositions;
    }

    private static @Nullable ConfigFields inner(ConfigFields top) {
        ConfigFields scaling = top.object("rope_scaling");
        return scaling != null && !scaling.json().isEmpty() ? scaling : top.object("rope_parameters");
    }

    /** The embeddings for heads of width {@code headDim}. */
    public Rope read(int headDim) {
        refuseUnknownKeys();
        int rotaryDim = rotaryDim(headDim);
        double theta = theta();
        if (!(theta > 1)) {
            throw top.invalid("rope_theta", Double.toString(theta), "a number above 1");
        }
        return new Rope(theta, rotaryDim, scaling(rotaryDim));
    }

    private void refuseUnknownKeys() {
        if (inner == null) {
            return;
        }
        for (var entry : inner.json().properties()) {
            if (!KEYS.contains(entry.getKey()) && !entry.getValue().isNull()) {
                throw inner.invalid(
                        entry.getKey(),
                        ConfigFields.shown(entry.getValue()),
                        "only keys of rotary embeddings that Attune understands");
            }
        }
    }

    private double theta() {
        double fallback = top.number(rules.thetaKey(), rules.theta());
        return inner == null ? fallback : inner.number("rope_theta", fallback);
    }

    private int rotaryDim(int headDim) {
        double fallback = top.number(rules.partKey(), rules.part());
        double part = inner == null ? fallback : inner.number("partial_rotary_factor", fallback);
        boolean partAllowed = rules.partial();
        int dim = (int) (headDim * part);
        if (!(part > 0 && part <= 1) || (part != 1 && !partAllowed) || dim < 2 || dim % 2 != 0) {
            throw top.invalid(
                    "partial_rotary_factor",
                    part + " of heads of width " + headDim,
                    partAllowed ? "a part of 0 to 1 that gives an even width" : "1, and an even head width");
        }
        return dim;
    }

    private RopeScaling scaling(int rotaryDim) {
        if (inner == null) {
            return new RopeScaling.None();
        }
        String type = type(inner);
        if (!rules.types().contains(type)) {
            throw unknownType(type);
        }
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(factor(inner));
            case "dynamic" -> new RopeScaling.Dynamic(factor(inner), maxPositions);
            case "llama3" -> llama3(inner);
            case "yarn" -> yarn(inner);
            case "longrope" -> longRope(inner, rotaryDim);
            default -> throw unknownType(type);
        };
    }

    private String type(ConfigFields inner) {
        String newer = named(inner, "rope_type");
        String older = named(inner, "type");
        if (newer != null && older != null && !newer.equals(older)) {
            throw inner.invalid("rope_type", "'" + newer + "'", "'" + older + "', as in type");
        }
        return newer != null ? newer : older != null ? older : "default";
    }

    private @Nullable String named(ConfigFields inner, String key) {
        String type = inner.text(key);
        return type == null ? null : rules.aliases().getOrDefault(type, type);
    }

    private BadInputException unknownType(String type) {
        return top.invalid("rope_type", "'" + type + "'", "one of " + String.join(", ", new TreeSet<>(rules.types())));
    }

    private static double factor(ConfigFields inner) {
        double factor = inner.number("factor");
        if (!(factor > 0)) {
            throw inner.invalid("factor", Double.toString(factor), "a number above 0");
        }
        return factor;
    }

    private int originalPositions(ConfigFields inner) {
        Integer otherwise = rules.originalPositions();
        int fallback = otherwise != null ? otherwise : inner.positive("original_max_position_embeddings", maxPositions);
        return top.positive("original_max_position_embeddings", fallback);
    }

    private RopeScaling llama3(ConfigFields inner) {
        double low = inner.number("low_freq_factor");
        double high = inner.number("high_freq_factor");
        if (!(low > 0 && high > low)) {
            throw inner.invalid("high_freq_factor", high + " with low_freq_factor " + low, "0 < low < high");
        }
        return new RopeScaling.Llama3(factor(inner), low, high, originalPositions(inner));
    }

    private RopeScaling yarn(ConfigFields inner) {
        int original = originalPositions(inner);
        double factor = inner.has("factor") ? factor(inner) : (double) maxPositions / original;
        Double given = inner.optionalNumber("attention_factor");
        double attention = given != null ? given : yarnAttention(inner, factor);
        double fast = inner.number("beta_fast", 0);
        double slow = inner.number("beta_slow", 0);
        return new RopeScaling.Yarn(
                factor, attention, fast == 0 ? 32 : fast, slow == 0 ? 1 : slow, original, inner.bool("truncate", true));
    }

    private static double yarnAttention(ConfigFields inner, double factor) {
        double mscale = inner.number("mscale", 0);
        double all = inner.number("mscale_all_dim", 0);
        return mscale != 0 && all != 0 ? mscale(factor, mscale) / mscale(factor, all) : mscale(factor, 1);
    }

    private static double mscale(double factor, double mscale) {
        return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
    }

    private RopeScaling longRope(ConfigFields inner, int rotaryDim) {
        int original = originalPositions(inner);
        double factor = inner.has("factor") ? factor(inner) : (double) maxPositions / original;
        Double given = inner.optionalNumber("attention_factor");
        double attention =
                given != null ? given : factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
        return new RopeScaling.LongRope(
                factors(inner, "short_factor", rotaryDim),
                factors(inner, "long_factor", rotaryDim),
                attention,
                original);
    }

    private static List<Double> factors(ConfigFields inner, String key, int rotaryDim) {
        List<Double> factors = inner.numbers(key);
        if (factors.size() != rotaryDim / 2 || factors.stream().anyMatch(f -> !(f > 0))) {
            throw inner.invalid(
                    key, factors.size() + " numbers", rotaryDim / 2 + " positive numbers, one per rotary frequency");
        }
        return factors;
    }
}
