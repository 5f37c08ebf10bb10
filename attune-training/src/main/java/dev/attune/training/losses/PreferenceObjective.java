package dev.attune.training.losses;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A weighted sum of preference losses with common settings, such as DPO with a supervised term:
 *
 * <pre>
 *   L = sum over pairs w ( sum over losses lambda_k L_k )
 * </pre>
 *
 * @param parts at least one
 */
public record PreferenceObjective(List<Part> parts, PreferenceSettings settings) {
    /** One loss and its weight lambda. */
    public record Part(PreferenceLoss loss, double weight) {}

    /** @throws BadInputException if the settings do not suit a loss */
    public PreferenceObjective {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no preference loss");
        }
        for (Part part : parts) {
            part.loss.check("loss " + part.loss.configName(), settings);
        }
    }

    /** One loss. */
    public static PreferenceObjective of(PreferenceLoss loss, PreferenceSettings settings) {
        return new PreferenceObjective(List.of(new Part(loss, 1)), settings);
    }

    /**
     * Losses by their names, TRL's where TRL has them, and {@code orpo} (odds_ratio + sft).
     *
     * @param weights one for each name; empty: 1 each
     * @throws BadInputException for an unknown name or another number of weights
     */
    public static PreferenceObjective named(
            String place, List<String> names, List<Double> weights, PreferenceSettings settings) {
        if (names.isEmpty() || !(weights.isEmpty() || weights.size() == names.size())) {
            throw BadInputException.at(
                    place,
                    names.size() + " losses and " + weights.size() + " weights",
                    "at least one loss, and a weight for each or none",
                    "correct the lists");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            double weight = weights.isEmpty() ? 1 : weights.get(i);
            if (names.get(i).equals("orpo")) {
                parts.add(new Part(ReferenceFreeLoss.ODDS_RATIO, weight));
                parts.add(new Part(DpoLoss.SFT, weight));
            } else {
                parts.add(new Part(loss(place, names.get(i)), weight));
            }
        }
        return new PreferenceObjective(parts, settings);
    }

    private static PreferenceLoss loss(String place, String name) {
        return all().filter(loss -> loss.configName().equals(name))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(
                        place,
                        "'" + name + "'",
                        Stream.concat(all().map(PreferenceLoss::configName), Stream.of("orpo"))
                                .collect(Collectors.joining(", ")),
                        "choose one of these"));
    }

    private static Stream<PreferenceLoss> all() {
        return Stream.of(DpoLoss.values(), ReferenceFreeLoss.values()).flatMap(Stream::of);
    }

    /** Whether any loss needs the log-probabilities of a reference. */
    public boolean needsReference() {
        return parts.stream().anyMatch(part -> part.loss.needsReference());
    }

    /** Whether a pair's loss depends on the other pairs given with it. */
    public boolean acrossPairs() {
        return parts.stream().anyMatch(part -> part.loss.acrossPairs());
    }

    /**
     * @throws BadInputException if a label or a weight of a row is not 1 and a loss cannot use it
     */
    public void requireLabels(String place, double probability, double weight) {
        for (Part part : parts) {
            if (probability != 1 && part.loss.softLabels() == PreferenceLoss.SoftLabels.REFUSED) {
                throw BadInputException.at(
                        place,
                        "a label of probability " + probability,
                        "1, which the loss " + part.loss.configName() + " needs",
                        "use sigmoid, or drop soft labels");
            }
            if (weight != 1 && part.loss.acrossPairs()) {
                throw BadInputException.at(
                        place,
                        "a row of weight " + weight,
                        "1, since the loss " + part.loss.configName() + " sorts the rows of a batch",
                        "use sigmoid, or drop the weights");
            }
        }
    }

    /**
     * The sum over pairs; the caller divides by the weights of the whole window.
     *
     * @param probabilities that chosen is better, one per pair, in [0, 1]
     * @param weights of the pairs
     * @return rank 0
     */
    public Tensor sum(PreferencePairs pairs, float[] probabilities, float[] weights) {
        for (int i = 0; i < weights.length; i++) {
            requireLabels("pair " + (i + 1) + " of the batch", probabilities[i], weights[i]);
        }
        return perPair(pairs, probabilities).times(like(weights, pairs)).sum();
    }

    /** The loss of each pair, {@code [pairs]}, without row weights. */
    public Tensor perPair(PreferencePairs pairs, float[] probabilities) {
        Tensor total = null;
        for (Part part : parts) {
            Tensor term = expected(part.loss, pairs, probabilities).times(part.weight);
            total = total == null ? term : total.plus(term);
        }
        return Objects.requireNonNull(total);
    }

    private Tensor expected(PreferenceLoss loss, PreferencePairs pairs, float[] probabilities) {
        Tensor ifTrue = loss.perPair(pairs, settings);
        if (loss.softLabels() != PreferenceLoss.SoftLabels.EXPECTED || areOne(probabilities)) {
            return ifTrue;
        }
        Tensor ifFalse = loss.perPair(pairs.swapped(), settings);
        return ifFalse.plus(ifTrue.minus(ifFalse).times(like(probabilities, pairs)));
    }

    private static boolean areOne(float[] values) {
        for (float value : values) {
            if (value != 1) {
                return false;
            }
        }
        return true;
    }

    private static Tensor like(float[] values, PreferencePairs pairs) {
        return Tensor.of(values, values.length).to(pairs.chosen().dtype());
    }
}
