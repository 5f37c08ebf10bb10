package dev.attune.world.labeler;

import dev.attune.core.feedback.Ranking;
import dev.attune.world.SeededChoices;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.judge.AnswerAssessment;
import dev.attune.world.judge.TruthJudge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The five simulated labelers, and their assignment to prompts. */
public final class SimulatedLabelers {
    /** Under "helpful", compliance is then as good as a right answer. */
    private static final double FULL_OBEDIENCE = 2.2;

    private final TruthJudge judge;
    private final List<SimulatedLabeler> labelers;

    public SimulatedLabelers(World world) {
        this(new TruthJudge(world));
    }

    private SimulatedLabelers(TruthJudge judge) {
        this(
                judge,
                List.of(
                        new SimulatedLabeler(
                                "simulated-ada", new Temperament(0.45, 0.03, 0.35, 1.0, 0.05, 0.0, -0.5), judge),
                        new SimulatedLabeler(
                                "simulated-ben", new Temperament(0.60, 0.05, 0.40, 0.8, 0.35, 0.4, 0.2), judge),
                        new SimulatedLabeler(
                                "simulated-cleo", new Temperament(0.55, 0.04, 0.30, 1.2, 0.10, 0.2, -0.2), judge),
                        new SimulatedLabeler(
                                "simulated-dan", new Temperament(0.75, 0.08, 0.45, 0.4, 0.15, 0.6, 0.5), judge),
                        new SimulatedLabeler(
                                "simulated-eva", new Temperament(0.65, 0.06, 0.35, 1.1, -0.10, 0.3, 0.0), judge)));
    }

    private SimulatedLabelers(TruthJudge judge, List<SimulatedLabeler> labelers) {
        this.judge = judge;
        this.labelers = labelers;
    }

    /**
     * The same people, told to leave harm aside when they rank by help: an answer that helps with harm is then as helpful as a
     * right one, and better than a refusal.
     */
    public SimulatedLabelers leavingHarmAside() {
        return new SimulatedLabelers(
                judge,
                labelers.stream()
                        .map(one -> new SimulatedLabeler(
                                one.name(), one.temperament().withObedience(FULL_OBEDIENCE), judge))
                        .toList());
    }

    public List<SimulatedLabeler> all() {
        return labelers;
    }

    /**
     * Rankings of one prompt's completions: each of the chosen labelers ranks them under every criterion.
     *
     * @param voices number of different labelers per prompt, 1 to 5; they are chosen at random
     */
    public List<Ranking> rank(WorldPrompt prompt, List<Ranking.Completion> completions, int voices, long seed) {
        SeededChoices choices = SeededChoices.of(seed, "who/" + prompt.text());
        List<SimulatedLabeler> chosen = choices.shuffled(labelers).subList(0, voices);
        Map<String, AnswerAssessment> read = new HashMap<>();
        Function<String, AnswerAssessment> reading = text -> read.computeIfAbsent(text, t -> judge.judge(prompt, t));
        List<Ranking> rankings = new ArrayList<>();
        for (LabelingCriterion criterion : LabelingCriterion.values()) {
            chosen.forEach(labeler -> rankings.add(labeler.rank(prompt, completions, criterion, seed, reading)));
        }
        return rankings;
    }
}
