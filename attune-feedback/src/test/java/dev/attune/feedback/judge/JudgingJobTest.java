package dev.attune.feedback.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunStoppedException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextModel;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.endpoint.CachedTextModel;
import dev.attune.feedback.endpoint.EndpointSettings;
import dev.attune.feedback.endpoint.EndpointTextModel;
import dev.attune.feedback.endpoint.Prices;
import dev.attune.feedback.endpoint.Usage;
import dev.attune.feedback.judge.reply.Brackets;
import dev.attune.feedback.judge.reply.Scale;
import dev.attune.feedback.judge.reply.Verdict;
import dev.attune.feedback.judge.reply.VerdictReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many judgements against a server with faults, stopped and continued. */
class JudgingJobTest {
    private static final int ITEMS = 1000;
    private static final Duration PATIENT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final FaultyServer server = new FaultyServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private EndpointTextModel endpoint(Duration timeout) {
        return new EndpointTextModel(EndpointSettings.of(server.address(), "small", null)
                .withRetries(6, Duration.ofMillis(1))
                .withTimeout(timeout)
                .withPrices(new Prices(2, 4)));
    }

    private static Judge judge(TextModel model) {
        Rater rater = new ReplyRater(
                model, new VerdictReader<>(new Brackets(), Scale.whole(0, 9)), SamplingOptions.greedy(20), 7);
        return ScoreJudge.of("digits", new PatientRater(rater, 6));
    }

    private static List<JudgedItem> items(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i ->
                        JudgedItem.single("item-" + i, Prompt.text("Which number?"), "number " + i, "Its last digit."))
                .toList();
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("judgements.jsonl"));
    }

    private JudgingJob job(Judge judge) {
        return new JudgingJob(judge, folder.resolve("judgements.jsonl"), 16);
    }

    @Test
    void eachItemIsJudgedOnceInSpiteOfFaults() throws IOException {
        server.failEveryFifth();
        try (EndpointTextModel model = endpoint(FaultyServer.SILENCE.minusMillis(500))) {
            JudgingReport report = job(judge(model)).run(items(0, ITEMS));
            assertThat(log()).hasSize(ITEMS);
            assertThat(report.judgements()).hasSize(ITEMS);
            assertThat(report.already()).isZero();
            assertThat(report.reasons().keySet())
                    .isSubsetOf(UnscoredReason.JUDGE_REFUSED, UnscoredReason.JUDGE_FAILED)
                    .contains(UnscoredReason.JUDGE_REFUSED);
            assertThat(report.reasons().get(UnscoredReason.JUDGE_REFUSED)).isLessThanOrEqualTo(server.refusals());
            assertThat(report.scores().scored()).isGreaterThan(900);
            for (int i = 0; i < ITEMS; i++) {
                double digit = i % 10;
                report.judgements().get(i).verdict().scoredValue().ifPresent(score -> assertThat(score)
                        .isEqualTo(digit));
            }
            Usage usage = model.usage();
            assertThat(usage.requests()).isGreaterThan(1150);
            assertThat(usage.promptTokens()).isEqualTo(10 * usage.answers());
            assertThat(model.cost())
                    .as("10 tokens at 2 and 5 at 4 per million")
                    .isCloseTo(usage.answers() * 40e-6, within(1e-12));
        }
    }

    @Test
    void aStoppedJobContinuesWithoutAskingTwice() throws IOException {
        Path cache = folder.resolve("replies.jsonl");
        try (CachedTextModel model = CachedTextModel.open(cache, "small", endpoint(PATIENT))) {
            job(judge(model)).run(items(0, 100));
        }
        Path file = folder.resolve("judgements.jsonl");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 20));
        server.forget();
        try (CachedTextModel model = CachedTextModel.open(cache, "small", endpoint(PATIENT))) {
            JudgingReport report = job(judge(model)).run(items(0, 200));
            assertThat(report.already())
                    .as("the torn one is judged again, from the cache")
                    .isEqualTo(99);
            assertThat(report.scores().scored()).isEqualTo(200);
            assertThat(report.scores().mean()).hasValue(4.5);
        }
        assertThat(log()).hasSize(200);
        assertThat(server.numbers()).hasSize(100).allMatch(number -> number >= 100);
        try (EndpointTextModel model = endpoint(PATIENT)) {
            assertThat(job(judge(model)).run(items(0, 200)).already()).isEqualTo(200);
            assertThat(job(judge(model)).run(items(0, 3), 1).already())
                    .as("another vote")
                    .isZero();
        }
    }

    @Test
    void anInterruptedJobKeepsItsLog() throws IOException, InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Judge slow = new Judge() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public Judgement judge(JudgedItem item, int sample) {
                if (item.id().equals("item-20")) {
                    started.countDown();
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return new Judgement("slow", "p", Verdict.scored(1.0, ""), List.of());
            }
        };
        JudgingJob job = new JudgingJob(slow, folder.resolve("judgements.jsonl"), 1);
        Thread runner = new Thread(
                () -> assertThatThrownBy(() -> job.run(items(0, 100))).isInstanceOf(RunStoppedException.class));
        runner.start();
        started.await();
        runner.interrupt();
        runner.join(10_000);
        assertThat(runner.isAlive()).isFalse();
        assertThat(log()).hasSize(20);
    }

    @Test
    void whatCannotBeJudgedStopsTheJob() throws IOException {
        server.refuseAll();
        try (EndpointTextModel model = endpoint(PATIENT)) {
            assertThatThrownBy(() -> job(judge(model)).run(items(0, 10)))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("401");
            List<JudgedItem> twice = List.of(items(0, 1).get(0), items(0, 1).get(0));
            assertThatThrownBy(() -> job(judge(model)).run(twice)).hasMessageContaining("'item-0' twice");
        }
        assertThat(log()).isEmpty();
        Files.writeString(folder.resolve("judgements.jsonl"), "{}\nno\n");
        assertThatThrownBy(() -> job(judge(new ScriptedModel())).run(items(0, 1)))
                .hasMessageContaining("judgements.jsonl:");
    }
}
