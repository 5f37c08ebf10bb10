package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.Rope;
import dev.attune.model.config.RopeScaling;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tensor {@code rope_freqs.weight}: a divisor for each rotary frequency, which is how GGUF has the scaling of type
 * llama3. With wavelength w = 2 pi theta^(2k / d), n original positions, low and high factors l and h and
 * s = (n / w - l) / (h - l), the divisor is 1 / ((1 - s) / factor + s), where s is limited to 0 to 1.
 */
final class FrequencyFactors {
    static final String NAME = "rope_freqs.weight";

    private static final double TOLERANCE = 1e-4;

    private FrequencyFactors() {}

    static double[] divisors(double theta, int rotaryDim, RopeScaling.Llama3 scaling) {
        double[] divisors = new double[rotaryDim / 2];
        for (int k = 0; k < divisors.length; k++) {
            double turns = scaling.originalPositions() / wavelength(theta, rotaryDim, k);
            double share = (turns - scaling.lowFactor()) / (scaling.highFactor() - scaling.lowFactor());
            double kept = Math.min(1, Math.max(0, share));
            divisors[k] = 1 / ((1 - kept) / scaling.factor() + kept);
        }
        return divisors;
    }

    private static double wavelength(double theta, int rotaryDim, int k) {
        return 2 * Math.PI * Math.pow(theta, 2.0 * k / rotaryDim);
    }

    static Tensor tensor(Rope rope, RopeScaling.Llama3 scaling) {
        double[] divisors = divisors(rope.theta(), rope.rotaryDim(), scaling);
        return Tensor.of(divisors, divisors.length).toFloat();
    }

    /**
     * Writes the settings of llama3 scaling that give the file's divisors. The file has only the divisors, which do not
     * determine the settings uniquely; low and high factor 1 and 4, which all published models have, are tried first.
     *
     * @param original the context length before scaling, if the file has it
     */
    static void read(GgufFile file, ObjectNode rope, @Nullable Integer original) {
        double[] divisors;
        try (Scope scope = Scope.open()) {
            divisors = file.read(NAME).toDoubles();
        }
        double theta = rope.path("rope_theta").asDouble();
        RopeScaling.Llama3 found = candidates(divisors, theta, original).stream()
                .filter(candidate -> gives(divisors, theta, candidate))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(
                        file.path() + ", tensor " + NAME,
                        "divisors that no rope_type llama3 gives",
                        "those of a Llama 3 model",
                        "use the Hugging Face checkpoint"));
        rope.put("rope_type", "llama3");
        rope.put("factor", found.factor());
        rope.put("low_freq_factor", found.lowFactor());
        rope.put("high_freq_factor", found.highFactor());
        rope.put("original_max_position_embeddings", found.originalPositions());
    }

    private static List<RopeScaling.Llama3> candidates(double[] divisors, double theta, @Nullable Integer original) {
        double factor = 1;
        for (double divisor : divisors) {
            factor = Math.max(factor, divisor);
        }
        factor = Double.parseDouble(Float.toString((float) factor));
        List<RopeScaling.Llama3> all = new ArrayList<>();
        if (original != null) {
            all.add(new RopeScaling.Llama3(factor, 1, 4, original));
        }
        all.add(new RopeScaling.Llama3(factor, 1, 4, 8192));
        List<double[]> between = new ArrayList<>(); // 1 / w and s of the frequencies that are interpolated
        for (int k = 0; k < divisors.length; k++) {
            double share = (1 / divisors[k] - 1 / factor) / (1 - 1 / factor);
            if (share > TOLERANCE && share < 1 - TOLERANCE) {
                between.add(new double[] {1 / wavelength(theta, 2 * divisors.length, k), share});
            }
        }
        for (double[] one : between) {
            all.add(new RopeScaling.Llama3(factor, 1, 4, (int) Math.round((1 + 3 * one[1]) / one[0])));
        }
        if (between.size() > 1) {
            all.add(through(between.get(0), between.get(between.size() - 1), factor, original));
        }
        return all;
    }

    /** The settings for which n / w = l + s (h - l) at two frequencies; without n, the low factor is 1. */
    private static RopeScaling.Llama3 through(
            double[] first, double[] second, double factor, @Nullable Integer original) {
        double slope = (first[0] - second[0]) / (first[1] - second[1]);
        double start = first[0] - slope * first[1];
        double positions = original != null ? original : 1 / start;
        return new RopeScaling.Llama3(
                factor, start * positions, (start + slope) * positions, (int) Math.round(positions));
    }

    private static boolean gives(double[] divisors, double theta, RopeScaling.Llama3 candidate) {
        double[] expected = divisors(theta, 2 * divisors.length, candidate);
        for (int k = 0; k < divisors.length; k++) {
            if (!(Math.abs(expected[k] / divisors[k] - 1) < TOLERANCE)) {
                return false;
            }
        }
        return true;
    }
}
