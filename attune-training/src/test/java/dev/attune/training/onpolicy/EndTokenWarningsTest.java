package dev.attune.training.onpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.Generated;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndTokenWarningsTest {
    @Test
    void theFirstStepSaysThatNoCompletionEnded() {
        EndTokenWarnings warnings = warnings(-1.0, ScoreRule.MissingEos.REPLACE);
        assertThat(warnings.of(1, episodes(16, 0)))
                .containsExactly("none of 16 completions ended within 12 tokens: ppo.missing_eos gives every completion"
                        + " the score -1 in place of its reward, so nothing is learned from the reward; raise"
                        + " generation.max_new_tokens, check that the policy was trained to write its end token, or set"
                        + " ppo.missing_eos: null");
        assertThat(warnings.of(2, episodes(16, 0))).as("once is enough").isEmpty();
    }

    @Test
    void whatBeginsLaterIsSaidWhenItBegins() {
        EndTokenWarnings warnings = warnings(-1.0, ScoreRule.MissingEos.REPLACE);
        assertThat(warnings.of(1, episodes(64, 60))).isEmpty();
        assertThat(warnings.of(2, episodes(64, 7))).as("10.9 %").isEmpty();
        assertThat(warnings.of(3, episodes(64, 6)))
                .singleElement()
                .asString()
                .startsWith(
                        "from this step (3) on, 6 of 64 completions ended within 12 tokens: ppo.missing_eos gives each"
                                + " of the others the score -1 in place of its reward; raise");
        assertThat(warnings.of(4, episodes(64, 8))).isEmpty();
        assertThat(warnings.of(5, episodes(64, 5))).as("it never recovered").isEmpty();
        assertThat(warnings.of(6, episodes(64, 0))).singleElement().asString().contains("none of 64");
        assertThat(warnings.of(7, episodes(64, 0))).isEmpty();
        assertThat(warnings.of(8, episodes(64, 13))).as("20.3 %: recovered").isEmpty();
        assertThat(warnings.of(9, episodes(64, 0))).hasSize(1);
    }

    @Test
    void addingAndNoRuleAreSaidAsTheyAre() {
        assertThat(warnings(-2.5, ScoreRule.MissingEos.ADD).of(1, episodes(4, 0)))
                .singleElement()
                .asString()
                .contains("ppo.missing_eos adds -2.5 to the score of every completion");
        assertThat(warnings(null, ScoreRule.MissingEos.REPLACE).of(1, episodes(4, 0)))
                .isEmpty();
    }

    private static EndTokenWarnings warnings(Double score, ScoreRule.MissingEos mode) {
        return new EndTokenWarnings(ScoreRule.symmetric("ppo", score, mode, null), 12);
    }

    private static List<Episode> episodes(int count, int ended) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Episode(
                        Prompt.text("b"),
                        "c",
                        Transcript.of(new Generated(
                                new int[] {5},
                                new int[] {6},
                                new float[1],
                                i < ended ? StopReason.END_TOKEN : StopReason.LENGTH))))
                .toList();
    }
}
