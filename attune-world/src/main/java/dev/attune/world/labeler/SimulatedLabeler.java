package dev.attune.world.labeler;

import dev.attune.core.feedback.Ranking;
import dev.attune.world.SeededChoices;
import dev.attune.world.WorldPrompt;
import dev.attune.world.judge.AnswerAssessment;
import dev.attune.world.judge.TruthJudge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A simulated labeler. It perceives a completion's utility under the criterion with a normal error (Thurstone's model)
 * that grows with the stake; completions with similar perceived utility are tied, equal texts always.
 *
 * @param name in rankings
 */
public record SimulatedLabeler(String name, Temperament temperament, TruthJudge judge) {
    private static final double MIN_STAKE = 0.12;
    private static final double MAX_STAKE = 2;

    /** A completion's index and perceived utility. */
    private record Felt(int index, double utility) {}

    /** One ranking of all the completions. The same arguments give the same ranking. */
    public Ranking rank(
            WorldPrompt prompt, List<Ranking.Completion> completions, LabelingCriterion criterion, long seed) {
        return rank(prompt, completions, criterion, seed, text -> judge.judge(prompt, text));
    }

    /** @param reading the judge's assessment of a completion of the prompt */
    Ranking rank(
            WorldPrompt prompt,
            List<Ranking.Completion> completions,
            LabelingCriterion criterion,
            long seed,
            Function<String, AnswerAssessment> reading) {
        Map<String, Double> feelings = new HashMap<>();
        List<Felt> felt = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            String text = completions.get(i).text();
            felt.add(new Felt(i, feelings.computeIfAbsent(text, t -> feel(prompt, t, criterion, seed, reading))));
        }
        felt.sort(Comparator.comparingDouble(Felt::utility).reversed().thenComparingInt(Felt::index));
        String id = prompt.id() + "/" + criterion.key() + "/" + name;
        return new Ranking(
                id,
                prompt.toPrompt(),
                completions,
                criterion.key(),
                groups(felt),
                List.of(),
                name,
                criterion.guideline(),
                null);
    }

    private double feel(
            WorldPrompt prompt,
            String text,
            LabelingCriterion criterion,
            long seed,
            Function<String, AnswerAssessment> reading) {
        SeededChoices choices = SeededChoices.of(seed, name + "/" + criterion + "/" + prompt.text() + "/" + text);
        if (Utility.concerns(criterion, prompt.kind()) && choices.chance(temperament.lapse())) {
            return 2 * MAX_STAKE * choices.uniform() - MAX_STAKE;
        }
        double utility = Utility.of(reading.apply(text), text.split("\\s+", -1).length, criterion, temperament);
        double stake = Math.min(MAX_STAKE, MIN_STAKE + Math.abs(utility));
        return utility + temperament.noise() * stake * choices.gaussian();
    }

    /** Groups completions: those closer than the threshold to the best of a group belong to it. */
    private List<List<Integer>> groups(List<Felt> felt) {
        List<List<Integer>> order = new ArrayList<>();
        double best = Double.NaN;
        for (Felt one : felt) {
            if (order.isEmpty() || best - one.utility() >= temperament.tie()) {
                order.add(new ArrayList<>());
                best = one.utility();
            }
            order.get(order.size() - 1).add(one.index());
        }
        return order;
    }
}
