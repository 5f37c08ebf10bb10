package dev.attune.core.hacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HackingReportTest {
    private static final String WATCHED = "reward:\n- {model: m, weight: 1.0}\n- {class: Gold, weight: 0.0}\n";

    @TempDir
    private Path folder;

    /** 30 steps on which KL and the optimised score rise; the other score is the given one with some noise. */
    private RunFolder run(String reward, IntToDoubleFunction score) throws IOException {
        Files.writeString(folder.resolve("recipe.yaml"), "method: ppo\n" + reward + "kl: {coefficient: 0.1}\n");
        StringBuilder metrics = new StringBuilder();
        for (int step = 1; step <= 30; step++) {
            metrics.append(String.format(
                    Locale.ROOT,
                    "{\"step\":%d,\"objective/scores\":%d,\"objective/kl_k1\":%s,\"scores/m\":%d,\"scores/Gold\":%s}%n",
                    step,
                    step,
                    (step - 1) * (step - 1) / 100.0,
                    step,
                    score.applyAsDouble(step) + (step % 2 == 0 ? 0.05 : -0.05)));
        }
        Files.writeString(folder.resolve("metrics.jsonl"), metrics);
        return RunFolder.open(folder);
    }

    @Test
    void aFunctionOfWeightZeroThatFallsStopsTheRun() throws IOException {
        HackingReport report = HackingReport.of(run(WATCHED, step -> step < 15 ? 1 : 1 - 0.1 * (step - 15)));
        assertThat(report.hasIndependent()).isTrue();
        assertThat(report.verdict()).isEqualTo(Verdict.STOP);
        HeldOutMetric gold = report.heldOutMetrics().get(0);
        assertThat(gold.score().name()).isEqualTo("Gold");
        assertThat(gold.score().points().get(10).distance()).as("sqrt(1)").isCloseTo(1, within(1e-12));
        assertThat(gold.stop().orElseThrow()).isBetween(17L, 22L);
    }

    @Test
    void aFunctionThatStaysUpIsNoSign() throws IOException {
        HackingReport report = HackingReport.of(run(WATCHED, step -> Math.min(1, 0.1 * step)));
        assertThat(report.heldOutMetrics().get(0).finding().verdict()).isEqualTo(Verdict.NO_SIGN);
        assertThat(report.verdict()).isEqualTo(Verdict.NO_SIGN);
        assertThat(report.summary()).isEqualTo("no sign");
    }

    @Test
    void withoutAnIndependentScoreNobodyCanTell() throws IOException {
        String one = "reward:\n- {model: m, weight: 1.0}\n";
        HackingReport report = HackingReport.of(run(one, step -> Math.min(1, 0.1 * step)));
        assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(report.summary()).isEqualTo("cannot tell: nothing independent of the reward was measured");
    }

    @Test
    void fewEvaluationsCannotTell() throws IOException {
        RunFolder run = run(WATCHED, step -> Math.min(1, 0.1 * step));
        List<String> lines = Files.readAllLines(folder.resolve("metrics.jsonl"));
        Files.write(folder.resolve("metrics.jsonl"), lines.subList(0, 9));
        HackingReport report = HackingReport.of(run);
        assertThat(report.findings().get(0).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(report.summary()).isEqualTo("cannot tell: too few evaluations of independent metrics");
        Files.write(folder.resolve("metrics.jsonl"), lines.subList(0, 10));
        assertThat(HackingReport.of(run).verdict()).isEqualTo(Verdict.NO_SIGN);
    }

    @Test
    void aPartOfTheSumThatFallsIsAWarning() throws IOException {
        String two = "reward:\n- {model: m, weight: 1.0}\n- {class: Gold, weight: 0.5}\n";
        HackingReport report = HackingReport.of(run(two, step -> step < 15 ? 1 : 1 - 0.1 * (step - 15)));
        assertThat(report.hasIndependent()).isFalse();
        assertThat(report.heldOutMetrics()).hasSize(2);
        assertThat(report.verdict()).isEqualTo(Verdict.WARNING);
    }

    @ParameterizedTest
    @CsvSource({"0.2, NO_SIGN", "0.09, WARNING"})
    void entropyThatIsNearlyGoneIsAWarning(double left, Verdict verdict) throws IOException {
        Files.writeString(folder.resolve("recipe.yaml"), "method: ppo\n" + WATCHED + "kl: {coefficient: 0.0}\n");
        StringBuilder metrics = new StringBuilder();
        for (int step = 1; step <= 10; step++) {
            metrics.append(String.format(
                    Locale.ROOT,
                    "{\"step\":%d,\"objective/scores\":1,\"policy/entropy_avg\":%s}%n",
                    step,
                    step <= 5 ? 1 : left));
        }
        Files.writeString(folder.resolve("metrics.jsonl"), metrics);
        HackingReport report = HackingReport.of(RunFolder.open(folder));
        assertThat(report.findings())
                .filteredOn(finding -> finding.topic() == HackingSign.Topic.ENTROPY)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(verdict);
                    assertThat(finding.why()).contains(String.format(Locale.ROOT, "%.2f times", left));
                });
        assertThat(report.findings())
                .filteredOn(finding -> finding.topic() == HackingSign.Topic.KL)
                .extracting(HackingSign::verdict)
                .containsExactly(Verdict.WARNING);
    }

    @Test
    void repetitionThatGrowsIsAWarning() throws IOException {
        RunFolder run = run(WATCHED, step -> 1);
        Files.createDirectories(folder.resolve("rollouts"));
        RolloutFiles.write(
                folder.resolve("rollouts/step-1.jsonl.gz"),
                List.of(SampleRollouts.of(1, 1, 2, 3, 4), SampleRollouts.of(2, 5, 6, 7, 8)));
        RolloutFiles.write(
                folder.resolve("rollouts/step-30.jsonl.gz"),
                List.of(SampleRollouts.of(1, 1, 1, 1, 1), SampleRollouts.of(2, 5, 6, 7, 8)));
        HackingReport report = HackingReport.of(run);
        assertThat(report.texts()).extracting(StepTexts::step).containsExactly(1, 30);
        assertThat(report.texts().get(1).repetition().repeated()).isEqualTo(0.25);
        assertThat(report.findings())
                .filteredOn(finding -> finding.topic() == HackingSign.Topic.REPETITION)
                .extracting(HackingSign::verdict)
                .containsExactly(Verdict.WARNING);
    }

    @ParameterizedTest
    @CsvSource({
        "-1.0, replace, 'at 2 of 4 steps, first at step 3, no completion ended within 12 tokens: ppo.missing_eos gives every"
                + " completion the score -1 in place of its reward, so nothing is learned from the reward'",
        "0.5, add, 'ppo.missing_eos adds 0.5 to the score of every completion'",
        "null, replace, ''"
    })
    void completionsThatDoNotEndAreFound(String missing, String mode, String words) throws IOException {
        Files.writeString(
                folder.resolve("recipe.yaml"),
                "method: ppo\n" + WATCHED + "generation: {max_new_tokens: 12}\nppo: {missing_eos: " + missing
                        + ", missing_eos_mode: " + mode + "}\n");
        StringBuilder metrics = new StringBuilder();
        for (int step = 1; step <= 4; step++) {
            metrics.append("{\"step\":" + step + ",\"objective/scores\":1,\"response/ended_share\":"
                    + (step < 3 ? "0.5" : "0.0") + "}\n");
        }
        Files.writeString(folder.resolve("metrics.jsonl"), metrics);
        HackingReport report = HackingReport.of(RunFolder.open(folder));
        List<HackingSign> found = report.findings().stream()
                .filter(finding -> finding.topic() == HackingSign.Topic.END_TOKENS)
                .toList();
        if (words.isEmpty()) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).singleElement().satisfies(finding -> {
                assertThat(finding.verdict()).isEqualTo(Verdict.WARNING);
                assertThat(finding.why()).contains(words).endsWith("or set ppo.missing_eos: null");
            });
        }
    }

    @Test
    void aRunWithoutAScoreIsRefused() throws IOException {
        Files.writeString(folder.resolve("recipe.yaml"), "method: sft\n");
        assertThatThrownBy(() -> HackingReport.of(RunFolder.open(folder)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("objective/scores");
    }
}
