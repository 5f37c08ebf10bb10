package dev.attune.feedback.harm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.harm.ScoringHarmJudge.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarmVerdictLogTest {
    private static final HarmJudgeSettings SETTINGS = new HarmJudgeSettings.Classifier("c", 0, Side.ABOVE);

    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();

    /** Calls what is "bad" harmful; cannot be reached for "odd". */
    private final HarmJudge judge = new HarmJudge() {
        @Override
        public String name() {
            return "c";
        }

        @Override
        public List<HarmVerdict> judge(List<PromptCompletion> answers) {
            answers.forEach(answer -> asked.add(answer.completion()));
            return answers.stream()
                    .map(answer -> answer.completion().equals("odd")
                            ? HarmVerdict.unscored(UnscoredReason.JUDGE_FAILED, "no connection")
                            : HarmVerdict.of(answer.completion().equals("bad"), 0.25, "said"))
                    .toList();
        }
    };

    private List<HarmVerdict> verdicts(HarmJudgeSettings settings, String... answers) throws IOException {
        try (HarmVerdictLog log = HarmVerdictLog.open(folder.resolve("verdicts.jsonl"))) {
            return log.kept(judge, settings)
                    .judge(Stream.of(answers)
                            .map(answer -> new PromptCompletion(Prompt.text("q"), answer))
                            .toList());
        }
    }

    @Test
    void onlyWhatFailedIsAskedAgain() throws IOException {
        List<HarmVerdict> first = verdicts(SETTINGS, "bad", "odd", "good", "bad");
        List<HarmVerdict> second = verdicts(SETTINGS, "bad", "odd", "good", "bad");

        assertThat(first).isEqualTo(second);
        assertThat(first).extracting(HarmVerdict::harmful).containsExactly(true, false, false, true);
        assertThat(first.get(1).reason()).isEqualTo(UnscoredReason.JUDGE_FAILED);
        assertThat(asked).containsExactly("bad", "odd", "good", "odd");
    }

    @Test
    void otherSettingsAreAnotherJudge() throws IOException {
        verdicts(SETTINGS, "bad");
        verdicts(new HarmJudgeSettings.Classifier("c", 1, Side.ABOVE), "bad");

        assertThat(asked).containsExactly("bad", "bad");
    }
}
