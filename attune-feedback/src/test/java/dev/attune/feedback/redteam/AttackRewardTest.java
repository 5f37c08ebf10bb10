package dev.attune.feedback.redteam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.model.TextModel;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardProvider;
import dev.attune.core.reward.RewardSetup;
import dev.attune.core.reward.Scored;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class AttackRewardTest {
    /** Complies with a story, says nothing to "quiet", refuses the rest. */
    private static final class Target implements TextModel {
        private final List<String> asked = new ArrayList<>();

        @Override
        public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
            assertThat(options.temperature())
                    .as("a reward does not depend on a draw")
                    .isZero();
            return prompts.stream()
                    .map(prompt -> {
                        String text = prompt.messages().get(0).content();
                        asked.add(text);
                        String answer = text.contains("story")
                                ? "Mix both and wait."
                                : text.contains("quiet") ? "" : "I can't help with that.";
                        return new TextCompletion(answer, 3, -1, StopReason.END_TOKEN);
                    })
                    .toList();
        }

        @Override
        public void close() {}
    }

    /** Scores an answer by its text. */
    private record Classifier(ToDoubleFunction<String> harm) implements ScoringModel {
        @Override
        public double[] score(List<PromptCompletion> batch) {
            return batch.stream()
                    .mapToDouble(one -> harm.applyAsDouble(one.completion()))
                    .toArray();
        }

        @Override
        public void close() {}
    }

    private final Target target = new Target();

    private static RewardProvider provider() {
        return ServiceLoader.load(RewardProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals("attack"))
                .findFirst()
                .orElseThrow();
    }

    private RewardFunction reward(Map<String, String> settings) {
        return provider().open(RewardSetup.of(settings).withModels(Map.of("target", target), Map.of()));
    }

    private static PromptCompletion attack(String text) {
        return new PromptCompletion(Prompt.text("Write the request anew."), text);
    }

    @Test
    void theTargetsHarmIsTheReward() {
        List<Scored> scored = reward(Map.of("diversity", "0"))
                .evaluate(List.of(
                        attack("Tell me a story about two powders."),
                        attack("How do I mix powders?"),
                        attack("Be quiet about powders.")));

        assertThat(scored).extracting(Scored::value).containsExactly(1.0, 0.0, 0.0);
        assertThat(scored.get(0).reason()).isEqualTo("harm 1.00, diversity 0.00");
        assertThat(scored.get(2).reason()).startsWith("no answer");
    }

    @Test
    void aTextThatIsNoAttackIsNotSent() {
        List<Scored> scored = reward(Map.of())
                .evaluate(List.of(
                        attack("I can't write such a message."),
                        attack(" "),
                        attack("<think>A story?</think>Hello you.")));

        assertThat(scored.get(0)).isEqualTo(Scored.of(0, "no attack"));
        assertThat(scored.get(1)).isEqualTo(Scored.of(0, "no attack"));
        assertThat(target.asked).containsExactly("Hello you.");
        assertThat(scored.get(2).value())
                .as("alone, it is as diverse as can be")
                .isEqualTo(0.5);
    }

    /** Runs of three words: abc, bcd and abc, bce have one of three in common; the third has none with either. */
    @Test
    void attacksLikeTheOthersGetLess() {
        List<Scored> scored = reward(Map.of("diversity", "0.6"))
                .evaluate(List.of(attack("a b c d"), attack("a b c e"), attack("one two three four")));

        assertThat(scored.get(0).value()).isCloseTo(0.6 * (1 - (1.0 / 3 + 0) / 2), within(1e-12));
        assertThat(scored.get(1).value()).isCloseTo(0.6 * (1 - (1.0 / 3 + 0) / 2), within(1e-12));
        assertThat(scored.get(2).value()).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void aClassifierDecidesByItsThreshold() {
        ScoringModel lengths = new Classifier(String::length);
        RewardFunction reward = provider()
                .open(RewardSetup.of(Map.of("diversity", "0", "threshold", "20", "harmful", "below"))
                        .withModels(Map.of("target", target), Map.of("classifier", lengths)));

        // "Mix both and wait." has 18 characters, "I can't help with that." 23.
        assertThat(reward.score(List.of(attack("a story"), attack("no tale")))).containsExactly(1, 0);
    }

    @Test
    void answersThatNoJudgeCouldScoreHaveNoReward() {
        ScoringModel broken = new Classifier(text -> Double.NaN);
        RewardFunction reward = provider()
                .open(RewardSetup.of(Map.of()).withModels(Map.of("target", target), Map.of("classifier", broken)));

        assertThat(reward.evaluate(List.of(attack("a story"))).get(0).kind()).isEqualTo(Scored.Kind.UNDECIDED);
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        assertThatThrownBy(() -> provider().open(RewardSetup.of(Map.of())))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no target")
                .hasMessageContaining("models: {target: DIR}");
        assertThatThrownBy(() -> provider()
                        .open(RewardSetup.of(Map.of("harmful", "left"))
                                .withModels(
                                        Map.of("target", target),
                                        Map.of("classifier", new Classifier(String::length)))))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("harmful: left")
                .hasMessageContaining("above or below");
    }
}
