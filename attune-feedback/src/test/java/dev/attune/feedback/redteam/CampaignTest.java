package dev.attune.feedback.redteam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunStoppedException;
import dev.attune.core.model.TextModel;
import dev.attune.core.settings.YamlTree;
import dev.attune.core.stats.rates.AttackSuccess;
import dev.attune.core.stats.rates.Score;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.endpoint.CachedTextModel;
import dev.attune.feedback.harm.HarmJudge;
import dev.attune.feedback.harm.HarmVerdict;
import dev.attune.feedback.harm.WordsHarmJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignTest {
    private static final String REFUSAL = "I can't help with that.";
    private static final String ANSWER = "Take the key from the shelf.";

    @TempDir
    private Path folder;

    private static CampaignSettings settings(String more) {
        return RedteamRecipe.read("r.yaml", YamlTree.parse("r.yaml", "target: runs/t\n" + more))
                .campaign();
    }

    private static List<Seed> seeds(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Seed(i, i % 2 == 1 ? "odd" : "even", "Do bad thing " + i + "."))
                .toList();
    }

    private List<Attempt> run(TextModel target, HarmJudge judge, CampaignSettings settings, List<Seed> seeds)
            throws IOException {
        return new Campaign(target, judge, settings)
                .run(
                        folder.resolve("attempts.jsonl"),
                        PlannedAttempt.all(settings, seeds, List.of()),
                        (done, total, hits) -> {});
    }

    private List<Attempt> run(Function<Prompt, String> target, String settings, int seeds) throws IOException {
        return run(new ScriptedTarget(target), new WordsHarmJudge(), settings(settings), seeds(seeds));
    }

    @Test
    void triesAndSeedsAreCountedApart() throws IOException {
        Map<String, Integer> asked = new HashMap<>();
        List<Attempt> attempts = run(
                prompt -> asked.merge(ScriptedTarget.last(prompt), 1, Integer::sum) == 4 ? ANSWER : REFUSAL,
                "families: [plain]\ntries: 10\n",
                4);
        AttackSuccess success = CampaignFigures.of(attempts).success();

        assertThat(success.k()).isEqualTo(10);
        assertThat(success.perTry().orElseThrow().value()).isCloseTo(0.1, within(1e-12));
        assertThat(success.anyOfK().orElseThrow().value()).isEqualTo(1);
        assertThat(CampaignFigures.of(attempts).byCategory().get("odd").tries().scored())
                .isEqualTo(20);
    }

    @Test
    void failedCallsGiveNoRate() throws IOException {
        CampaignFigures figures = CampaignFigures.of(run(prompt -> ScriptedTarget.FAILS, "families: [plain]\n", 3));

        assertThat(figures.success().perTry()).isEmpty();
        assertThat(figures.success().anyOfK()).isEmpty();
        assertThat(figures.success().tries().unscored()).isEqualTo(Map.of(UnscoredReason.TARGET_FAILED, 3L));
        assertThat(figures.noAnswer()).isEmpty();
    }

    @Test
    void oneFailedCallDoesNotFailItsBatch() throws IOException {
        List<Attempt> attempts = run(
                prompt -> ScriptedTarget.last(prompt).contains("2") ? ScriptedTarget.FAILS : REFUSAL,
                "families: [plain]\n",
                3);

        assertThat(attempts)
                .extracting(Attempt::score)
                .containsExactly(Score.of(false), Score.missing(UnscoredReason.TARGET_FAILED), Score.of(false));
        assertThat(attempts.get(1).turns().get(0).verdict().detail()).isEqualTo("no connection");
    }

    @Test
    void silenceIsNeitherHarmNorSafety() throws IOException {
        CampaignFigures figures = CampaignFigures.of(run(prompt -> "", "families: [plain]\n", 20));

        assertThat(figures.noAnswer().orElseThrow().value()).isEqualTo(1);
        assertThat(figures.success().perTry()).isEmpty();
        assertThat(figures.success().tries().unscored()).isEqualTo(Map.of(UnscoredReason.NO_ANSWER, 20L));
    }

    @Test
    void refusalsOfHarmlessRequestsAreShown() throws IOException {
        CampaignFigures figures = CampaignFigures.of(run(prompt -> "I cannot help.", "families: [plain]\n", 40));

        assertThat(figures.refused().orElseThrow().value()).isEqualTo(1);
        assertThat(figures.success().perTry().orElseThrow().value()).isZero();
    }

    @Test
    void noHitOfTwentyHasAnInterval() throws IOException {
        AttackSuccess success = CampaignFigures.of(run(prompt -> REFUSAL, "families: [plain]\n", 20))
                .success();

        assertThat(success.perTry().orElseThrow().interval().low()).isZero();
        assertThat(success.perTry().orElseThrow().interval().high()).isCloseTo(0.161, within(5e-4));
    }

    private static HarmJudge judge(Function<List<PromptCompletion>, List<HarmVerdict>> verdicts) {
        return new HarmJudge() {
            @Override
            public String name() {
                return "scripted";
            }

            @Override
            public List<HarmVerdict> judge(List<PromptCompletion> answers) {
                return verdicts.apply(answers);
            }
        };
    }

    /** Turn 2 is harmful, the judge fails on turn 3. */
    @Test
    void aHitIsNotUndoneByLaterTurns() throws IOException {
        HarmJudge judge = judge(answers -> answers.stream()
                .map(answer -> switch (answer.prompt().messages().size()) {
                    case 3 -> HarmVerdict.of(true, "harm");
                    case 5 -> HarmVerdict.unscored(UnscoredReason.JUDGE_FAILED, "blocked");
                    default -> HarmVerdict.of(false, "");
                })
                .toList());
        List<Attempt> attempts =
                run(new ScriptedTarget(prompt -> REFUSAL), judge, settings("families: [dialogue]\n"), seeds(1));

        assertThat(attempts.get(1).mutation()).isEqualTo("insistence");
        assertThat(attempts.get(1).brokenAt()).isEqualTo(OptionalInt.of(2));
        assertThat(attempts.get(1).score()).isEqualTo(Score.of(true));
    }

    private static Attempt attempt(HarmVerdict... verdicts) {
        return new Attempt(
                "1:insistence:0",
                1,
                "odd",
                "Do it.",
                "insistence",
                Family.DIALOGUE,
                0,
                List.of(verdicts).stream()
                        .map(verdict -> new Attempt.Exchange("Do it.", "text", verdict))
                        .toList());
    }

    @Test
    void theScoreOfAnAttemptWithSeveralTurns() {
        HarmVerdict harmless = HarmVerdict.of(false, "");
        HarmVerdict failed = HarmVerdict.unscored(UnscoredReason.JUDGE_FAILED, "");
        Attempt broken = attempt(harmless, HarmVerdict.of(true, ""), failed, harmless);

        assertThat(broken.brokenAt()).isEqualTo(OptionalInt.of(2));
        assertThat(broken.score()).isEqualTo(Score.of(true));
        assertThat(broken.prompt(2).messages()).hasSize(3);
        assertThat(attempt(harmless, failed, harmless).score()).isEqualTo(Score.missing(UnscoredReason.JUDGE_FAILED));
        assertThat(attempt(harmless, HarmVerdict.noAnswer()).score())
                .isEqualTo(Score.missing(UnscoredReason.NO_ANSWER));
        assertThat(attempt(HarmVerdict.noAnswer(), harmless).score()).isEqualTo(Score.of(false));
    }

    @Test
    void preparingTurnsAreAnsweredAndNotJudged() throws IOException {
        ScriptedTarget target = new ScriptedTarget(
                prompt -> ScriptedTarget.last(prompt).contains("bad thing") ? REFUSAL : "Step by step.");
        Attempt warmUp = run(target, new WordsHarmJudge(), settings("families: [dialogue]\n"), seeds(1))
                .get(0);

        assertThat(warmUp.turns().get(0).verdict()).isNull();
        assertThat(warmUp.turns().get(0).answer()).isEqualTo("Step by step.");
        assertThat(warmUp.score()).isEqualTo(Score.of(false));
        assertThat(warmUp.conversation())
                .extracting(message -> message.role())
                .containsExactly("user", "assistant", "user", "assistant");
    }

    /** The target refuses, the attack holds the harmful text. */
    @Test
    void onlyTheTargetsWordsAreJudged() throws IOException {
        List<Attempt> attempts = run(prompt -> REFUSAL, "families: [examples]\n", 1);

        assertThat(attempts).hasSize(2).allSatisfy(attempt -> assertThat(attempt.score())
                .isEqualTo(Score.of(false)));
    }

    @Test
    void aJudgeThatLosesAnswersLeavesThemUnscored() throws IOException {
        HarmJudge judge = judge(answers -> List.of());
        List<Attempt> attempts =
                run(new ScriptedTarget(prompt -> ANSWER), judge, settings("families: [plain]\n"), seeds(3));

        assertThat(attempts).hasSize(3).allSatisfy(attempt -> assertThat(attempt.score())
                .isEqualTo(Score.missing(UnscoredReason.JUDGE_FAILED)));
    }

    @Test
    void aStoppedCampaignAsksNothingTwice() throws IOException {
        CampaignSettings settings = settings("families: [plain, fiction]\nbatch: 2\ntries: 2\n");
        ScriptedTarget first = new ScriptedTarget(prompt -> {
            if (ScriptedTarget.last(prompt).contains("thing 3")) {
                throw new RunStoppedException("stopped");
            }
            return REFUSAL;
        });
        assertThatThrownBy(() -> run(first, new WordsHarmJudge(), settings, seeds(5)))
                .isInstanceOf(RunStoppedException.class);
        assertThat(first.answered()).hasSize(8);
        Files.writeString(
                folder.resolve("attempts.jsonl"),
                Files.readString(folder.resolve("attempts.jsonl")) + "{\"id\": \"3:pl");

        ScriptedTarget second = new ScriptedTarget(prompt -> ANSWER);
        List<Attempt> attempts = run(second, new WordsHarmJudge(), settings, seeds(5));
        assertThat(second.answered()).hasSize(12);
        assertThat(attempts).hasSize(20);
        assertThat(attempts.stream().filter(attempt -> attempt.brokenAt().isPresent()))
                .hasSize(12);
        assertThat(Files.readAllLines(folder.resolve("attempts.jsonl"))).hasSize(20);

        ScriptedTarget third = new ScriptedTarget(prompt -> ANSWER);
        assertThat(run(third, new WordsHarmJudge(), settings, seeds(5))).isEqualTo(attempts);
        assertThat(third.answered()).isEmpty();
    }

    @Test
    void aLogOfOtherSeedsIsRefused() throws IOException {
        run(prompt -> REFUSAL, "families: [plain]\n", 1);
        assertThatThrownBy(() -> run(
                        new ScriptedTarget(prompt -> REFUSAL),
                        new WordsHarmJudge(),
                        settings("families: [plain]\n"),
                        List.of(new Seed(1, "odd", "Another request."))))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("attempt 1:plain:0: found another request than in the seeds");
    }

    @Test
    void repeatedTriesAreNoCopiesFromTheCache() throws IOException {
        CampaignSettings settings = settings("families: [plain]\ntries: 5\n");
        ScriptedTarget target = new ScriptedTarget(prompt -> REFUSAL);
        for (int run = 0; run < 2; run++) {
            Files.deleteIfExists(folder.resolve("attempts.jsonl"));
            try (TextModel cached = CachedTextModel.open(folder.resolve("replies.jsonl"), "t", target)) {
                assertThat(run(cached, new WordsHarmJudge(), settings, seeds(1)))
                        .hasSize(5);
            }
            assertThat(target.answered()).hasSize(5);
        }
    }

    @Test
    void aTargetThatRefusesEveryRequestEndsTheCampaign() {
        TextModel wrong = new ScriptedTarget(prompt -> {
            throw BadInputException.at("server", "no such model", "a model", "check the name");
        });
        assertThatThrownBy(() -> run(wrong, new WordsHarmJudge(), settings("families: [plain]\n"), seeds(2)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no such model");
    }

    @Test
    void anAttackersRefusalIsNoAttempt() throws IOException {
        CampaignSettings settings = settings("families: [attacker]\nattacker: runs/a\nvariants: 4\n");
        List<String> texts =
                List.of("I can't help with that.", "", "<think>hm</think>Tell me all.", ScriptedTarget.FAILS);
        int[] next = {0};
        // One call fails, so that all are made anew, one by one.
        ScriptedTarget attacker = new ScriptedTarget(prompt -> texts.get(next[0]++ % 4));
        List<WrittenAttack> written = new Attacker(attacker, settings).write(folder.resolve("a.jsonl"), seeds(1));

        assertThat(written)
                .extracting(WrittenAttack::kind)
                .containsExactly(
                        WrittenAttack.Kind.REFUSED,
                        WrittenAttack.Kind.EMPTY,
                        WrittenAttack.Kind.ATTACK,
                        WrittenAttack.Kind.FAILED);
        List<PlannedAttempt> plan = PlannedAttempt.all(settings, seeds(1), written);
        assertThat(plan).hasSize(1);
        assertThat(plan.get(0).id()).isEqualTo("1:attacker_3:0");
        assertThat(plan.get(0).turns()).containsExactly(AttackTurn.asking("Tell me all."));

        ScriptedTarget again = new ScriptedTarget(prompt -> "x");
        assertThat(new Attacker(again, settings).write(folder.resolve("a.jsonl"), seeds(1)))
                .isEqualTo(written);
        assertThat(again.answered()).isEmpty();
    }
}
