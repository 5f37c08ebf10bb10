package dev.attune.training.onpolicy;

import java.util.List;
import java.util.Map;

/** Turns the rewards of a step's episodes into advantages: the third phase of a step. */
public interface AdvantagePhase {
    /**
     * Sets the advantages, and returns for critics, of each episode. Log-probabilities, values and rewards are known.
     *
     * @param coefficient beta of the KL penalty, for methods that have it in the reward
     * @return metrics of this phase
     */
    Map<String, Double> assign(List<Episode> episodes, double coefficient);
}
