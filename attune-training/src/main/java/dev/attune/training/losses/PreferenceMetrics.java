package dev.attune.training.losses;

/**
 * Figures of preference pairs that are logged beside the loss, without gradient. Rewards are beta times the log-ratio to
 * the reference, or beta times the log-probability if there is none. All are sums over pairs, so that micro-batches can be
 * added; {@link #mean} divides.
 *
 * @param pairs number of pairs
 * @param chosenReward sum over pairs
 * @param rejectedReward sum over pairs
 * @param correct pairs whose chosen reward is strictly larger: ties are not correct, so it is 0 at the first step
 * @param chosenLogProbability sum over pairs
 * @param rejectedLogProbability sum over pairs
 * @param chosenTokens sum over pairs
 * @param rejectedTokens sum over pairs
 * @param chosenFell pairs whose chosen completion is less probable than under the reference; 0 if there is none
 */
public record PreferenceMetrics(
        double pairs,
        double chosenReward,
        double rejectedReward,
        double correct,
        double chosenLogProbability,
        double rejectedLogProbability,
        double chosenTokens,
        double rejectedTokens,
        double chosenFell) {
    /** No pairs. */
    public static final PreferenceMetrics NONE = new PreferenceMetrics(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The figures of some pairs. */
    public static PreferenceMetrics of(PreferencePairs pairs, double beta) {
        boolean reference = pairs.referenceChosen() != null;
        double[] chosen = (reference ? pairs.chosenRatio() : pairs.chosen()).toDoubles();
        double[] rejected = (reference ? pairs.rejectedRatio() : pairs.rejected()).toDoubles();
        double[] sums = new double[4];
        for (int i = 0; i < chosen.length; i++) {
            sums[0] += beta * chosen[i];
            sums[1] += beta * rejected[i];
            sums[2] += chosen[i] > rejected[i] ? 1 : 0;
            sums[3] += reference && chosen[i] < 0 ? 1 : 0;
        }
        return new PreferenceMetrics(
                chosen.length,
                sums[0],
                sums[1],
                sums[2],
                pairs.chosen().detach().sum().item(),
                pairs.rejected().detach().sum().item(),
                pairs.chosenTokens().sum().item(),
                pairs.rejectedTokens().sum().item(),
                sums[3]);
    }

    public PreferenceMetrics plus(PreferenceMetrics other) {
        return new PreferenceMetrics(
                pairs + other.pairs,
                chosenReward + other.chosenReward,
                rejectedReward + other.rejectedReward,
                correct + other.correct,
                chosenLogProbability + other.chosenLogProbability,
                rejectedLogProbability + other.rejectedLogProbability,
                chosenTokens + other.chosenTokens,
                rejectedTokens + other.rejectedTokens,
                chosenFell + other.chosenFell);
    }

    /** The means over pairs: one pair's figures. */
    public PreferenceMetrics mean() {
        double n = Math.max(1, pairs);
        return new PreferenceMetrics(
                Math.min(1, pairs),
                chosenReward / n,
                rejectedReward / n,
                correct / n,
                chosenLogProbability / n,
                rejectedLogProbability / n,
                chosenTokens / n,
                rejectedTokens / n,
                chosenFell / n);
    }

    /** The lead of the chosen rewards over the rejected ones. */
    public double margin() {
        return chosenReward - rejectedReward;
    }
}
