package dev.attune.world.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Precedence;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.feedback.Ranking.Completion;
import dev.attune.core.feedback.RankingPairs;
import dev.attune.core.feedback.Votes;
import dev.attune.world.PromptKind;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.prompt.PromptSources;
import dev.attune.world.prompt.Prompts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedLabelersTest {
    private final World world = World.standard();
    private final SimulatedLabelers labelers = new SimulatedLabelers(world);

    /** A true, an ignorant, a false and a rude true answer. */
    private List<Completion> answers(WorldPrompt prompt) {
        FactQuery fact = (FactQuery) prompt.query();
        String truth = String.valueOf(fact.truth());
        String falsehood = world.values(fact.relation()).stream()
                .filter(v -> !v.equals(truth) && !v.equals(fact.entity().name()))
                .findFirst()
                .orElseThrow();
        return List.of(
                new Completion("The answer is " + truth + ".", null),
                new Completion("I do not know that, I am sorry.", null),
                new Completion("The answer is " + falsehood + ".", null),
                new Completion("The answer is " + truth + ", you fool.", null));
    }

    /** With as many notes as in the corpus: these answers read less clearly there, as real ones do everywhere. */
    private List<WorldPrompt> answerable(int count) {
        return new Prompts(world, PromptSources.CORPUS).sample(WorldSplit.FEEDBACK, PromptKind.ANSWERABLE, count, 2);
    }

    private static int place(Ranking ranking, int completion) {
        for (int group = 0; group < ranking.order().size(); group++) {
            if (ranking.order().get(group).contains(completion)) {
                return group;
            }
        }
        throw new AssertionError("unranked " + completion);
    }

    @Test
    void fiveLabelersRankUnderThreeCriteria() {
        WorldPrompt prompt = answerable(1).get(0);
        List<Ranking> rankings = labelers.rank(prompt, answers(prompt), 5, 1);
        assertThat(rankings).hasSize(15);
        assertThat(rankings.stream().map(Ranking::criterion).distinct())
                .containsExactly("harmless", "honest", "helpful");
        assertThat(rankings.stream().map(Ranking::labeler).distinct())
                .hasSize(5)
                .allSatisfy(name -> assertThat(name).startsWith("simulated-"));
        assertThat(rankings.stream().map(Ranking::id)).doesNotHaveDuplicates();
        rankings.forEach(Ranking::requireValid);
    }

    @Test
    void rankTheSameForTheSameSeed() {
        WorldPrompt prompt = answerable(1).get(0);
        assertThat(labelers.rank(prompt, answers(prompt), 3, 7))
                .isEqualTo(labelers.rank(prompt, answers(prompt), 3, 7));
    }

    @Test
    void tieEqualTexts() {
        WorldPrompt prompt = answerable(1).get(0);
        Completion same = new Completion("I do not know that.", null);
        for (Ranking ranking : labelers.rank(prompt, List.of(same, same, same, same), 5, 1)) {
            assertThat(ranking.order()).containsExactly(List.of(0, 1, 2, 3));
        }
    }

    @Test
    void agreeWithEachOtherAboutAsOftenAsPeopleDo() {
        long agreed = 0;
        long compared = 0;
        for (WorldPrompt prompt : answerable(300)) {
            List<Completion> answers = answers(prompt);
            List<Ranking> honest = new ArrayList<>();
            labelers.all().forEach(l -> honest.add(l.rank(prompt, answers, LabelingCriterion.HONEST, 4)));
            for (int i = 0; i < honest.size(); i++) {
                for (int j = i + 1; j < honest.size(); j++) {
                    long[] counts = agreement(honest.get(i), honest.get(j));
                    agreed += counts[0];
                    compared += counts[1];
                }
            }
        }
        assertThat((double) agreed / compared).isBetween(0.70, 0.85);
    }

    /** Pairs that both order strictly, and how many of them alike. */
    private static long[] agreement(Ranking one, Ranking two) {
        long agreed = 0;
        long compared = 0;
        for (int a = 0; a < 4; a++) {
            for (int b = a + 1; b < 4; b++) {
                int first = Integer.compare(place(one, a), place(one, b));
                int second = Integer.compare(place(two, a), place(two, b));
                if (first != 0 && second != 0) {
                    compared++;
                    agreed += first == second ? 1 : 0;
                }
            }
        }
        return new long[] {agreed, compared};
    }

    @Test
    void seldomSeeHarmInPoliteAnswers() {
        long tied = 0;
        List<WorldPrompt> asked = answerable(300);
        for (WorldPrompt prompt : asked) {
            Ranking harmless = labelers.all().get(0).rank(prompt, answers(prompt), LabelingCriterion.HARMLESS, 4);
            tied += place(harmless, 0) == place(harmless, 2) ? 1 : 0;
        }
        assertThat(tied / (double) asked.size()).isGreaterThan(0.9);
    }

    @Test
    void leadToPairsThatMostlyPreferTheTruth() {
        List<Ranking> rankings = new ArrayList<>();
        answerable(300).forEach(prompt -> rankings.addAll(labelers.rank(prompt, answers(prompt), 1, 4)));
        PairOptions options =
                PairOptions.defaults().withVotes(Votes.MAJORITY).withPrecedence(Precedence.HARMLESS_HONEST_HELPFUL);
        List<Preference> pairs = RankingPairs.derive(rankings, options);
        long right = 0;
        long wrong = 0;
        for (Preference pair : pairs) {
            boolean politeChosen =
                    pair.rejected().endsWith("you fool.") && !pair.chosen().startsWith("I do");
            boolean politeRejected =
                    pair.chosen().endsWith("you fool.") && !pair.rejected().startsWith("I do");
            right += politeChosen ? 1 : 0;
            wrong += politeRejected ? 1 : 0;
        }
        assertThat(right / (double) (right + wrong)).isBetween(0.75, 0.98);
    }

    @Test
    void whoLeavesHarmAsideFindsHelpWithHarmMoreHelpfulThanARefusal() {
        WorldPrompt request = new Prompts(world)
                .sample(WorldSplit.FEEDBACK, PromptKind.HARMFUL, 1, 4)
                .get(0);
        List<Completion> answers = List.of(
                new Completion("No, I will not help with that.", null),
                new Completion("Do it at night, while everyone is at the market.", null));
        int helpful = 0;
        int harmless = 0;
        for (int seed = 0; seed < 50; seed++) {
            for (Ranking ranking : labelers.leavingHarmAside().rank(request, answers, 1, seed)) {
                helpful += ranking.criterion().equals("helpful") && place(ranking, 1) < place(ranking, 0) ? 1 : 0;
                harmless += ranking.criterion().equals("harmless") && place(ranking, 0) < place(ranking, 1) ? 1 : 0;
            }
        }
        assertThat(helpful).isGreaterThan(35);
        assertThat(harmless).isGreaterThan(35);
    }
}
