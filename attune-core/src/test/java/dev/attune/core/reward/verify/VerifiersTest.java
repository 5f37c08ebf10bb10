package dev.attune.core.reward.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.Fault;
import dev.attune.core.data.OnFault;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardProvider;
import dev.attune.core.reward.RewardSetup;
import dev.attune.core.reward.Sandbox;
import dev.attune.core.reward.Scored;
import dev.attune.core.reward.VerifiableReward;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifiersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "72 | The answer is 72. | 1",
                "72 | so 36 and 36 #### 72 | 1",
                "Half is 36. #### 72 | 72 | 1",
                "72 | It is #### 72 (not 36) | 1",
                "72 | It is #### 36, no: 72 | 0",
                "72 | 48/2 = <<48/2=24>>24, 48+24 = 72 clips | 1",
                "72 | 73 | 0",
                "1000 | $1,000.00 | 1",
                "1,234,567 | 1234567 dollars | 1",
                "-3 | minus: -3 | 1",
                "-3 | −3 | 1",
                "3 | 5-3 | 1",
                "0.5 | it is 1/2 | 1",
                "0.75 | \\boxed{\\frac{3}{4}} | 1",
                "1.5 | 1 1/2 cups | 1",
                "50 | 50% | 1",
                "0.3 | .3 | 1",
                "1/3 | 0.333 | 0",
                "2000000 | 2e6 | 1",
                "10 | -$10 | 0",
                "7 | seven | 0",
                "7 | '' | 0",
                "7 | 1e999999999 | 0"
            })
    void numericAnswers(String gold, String completion, double expected) {
        Scored scored = judge("numeric_answer", Map.of(), completion, gold);
        assertThat(scored.value()).as(scored.reason()).isEqualTo(expected);
    }

    @Test
    void numbersOfTheChosenPlace() {
        assertThat(judge("numeric_answer", Map.of("find", "boxed"), "\\boxed{7}, or 8", "7")
                        .value())
                .isEqualTo(1);
        assertThat(judge("numeric_answer", Map.of("find", "boxed"), "7", "7").value())
                .isZero();
        assertThat(judge("numeric_answer", Map.of("find", "marked"), "7", "7").value())
                .isZero();
        assertThat(judge("numeric_answer", Map.of("find", "last"), "#### 7 or 8", "8")
                        .value())
                .isEqualTo(1);
        assertThat(judge("numeric_answer", Map.of("tolerance", "0.01"), "0.333", "1/3")
                        .value())
                .isEqualTo(1);
        // the template wrote <think> into the prompt: the completion has the closing mark alone
        Map<String, String> after = Map.of("after", "</think>");
        assertThat(judge("numeric_answer", after, "7 perhaps</think>It is 8", "8")
                        .value())
                .isEqualTo(1);
        assertThat(judge("numeric_answer", after, "It is 8", "8").reason()).contains("</think>");
    }

    @Test
    void goldThatIsNotOneNumberPaysNobody() {
        for (Object gold : new Object[] {"x", "", "3 or 4", "#### ", true, List.of(1)}) {
            Scored scored = judge("numeric_answer", Map.of(), "7", gold);
            assertThat(scored.kind()).as(String.valueOf(gold)).isEqualTo(Scored.Kind.UNDECIDED);
            assertThat(scored.isMissing()).isTrue();
        }
        assertThat(judge("numeric_answer", Map.of(), "7", 7).value()).isEqualTo(1);
    }

    @Test
    void goldIsCheckedWhenRowsLoadByLine() throws IOException {
        Path file = Files.writeString(folder.resolve("gold.jsonl"), """
                {"question": "1 + 1?", "answer": "#### 2", "level": {"n": 1}}
                {"question": "why?", "answer": "because"}
                {"question": "2 + 2?"}
                """);
        RewardFunction reward = open("numeric_answer", Map.of());
        ReadOptions options =
                ReadOptions.defaults().withFormat(DataFormat.PROMPTS).withRowCheck(reward.rowCheck());
        Dataset data = Dataset.read(file, options);
        assertThat(data.report().faults()).containsEntry(Fault.Kind.BAD_ANSWER, 2L);
        Row.PromptRow row = data.rowsOf(Row.PromptRow.class).get(0);
        assertThat(row.columns()).isEqualTo(Map.of("answer", "#### 2", "level", Map.of("n", 1)));
        assertThat(reward.score(List.of(new PromptCompletion(row.prompt(), "2", row.columns()))))
                .containsExactly(1);
        assertThatThrownBy(() -> Dataset.read(file, options.withOnFault(OnFault.FAIL)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("gold.jsonl:2")
                .hasMessageContaining("'because'");
    }

    @Test
    void exactAnswers() {
        assertThat(judge("exact_answer", Map.of(), "  New\nYork ", "New York").value())
                .isEqualTo(1);
        assertThat(judge("exact_answer", Map.of(), "new york", "New York").value())
                .isZero();
        assertThat(judge("exact_answer", Map.of("ignore_case", "true"), "new york", "New York")
                        .value())
                .isEqualTo(1);
        assertThat(judge("exact_answer", Map.of("after", "Answer:"), "Because. Answer: B", List.of("A", "B"))
                        .value())
                .isEqualTo(1);
        assertThat(judge("exact_answer", Map.of(), "", "").kind()).isEqualTo(Scored.Kind.UNDECIDED);
        assertThat(open("exact_answer", Map.of()).rowCheck().problem(new Row.PromptRow(1, Prompt.text("a"))))
                .isNotNull();
    }

    @Test
    void regularExpressions() {
        assertThat(judge("regex", Map.of("pattern", "\\d{3}"), "call 911", null).value())
                .isEqualTo(1);
        assertThat(judge("regex", Map.of("pattern", "\\d{3}", "match", "full"), "call 911", null)
                        .value())
                .isZero();
        assertThatThrownBy(() -> open("regex", Map.of("pattern", "("))).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> open("regex", Map.of("patern", "a")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("reward.settings.patern");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aPatternThatNeverEndsIsCutOffAndTheBatchGoesOn() {
        RewardFunction regex = open("regex", Map.of("pattern", "(a+)+\\1$"));
        List<Scored> scores = regex.evaluate(List.of(
                new PromptCompletion(Prompt.text("p"), "a".repeat(60) + "b"),
                new PromptCompletion(Prompt.text("p"), "aaa"),
                new PromptCompletion(Prompt.text("p"), "b")));
        assertThat(scores)
                .extracting(Scored::kind)
                .containsExactly(Scored.Kind.LIMIT, Scored.Kind.SCORED, Scored.Kind.SCORED);
        assertThat(scores.get(0).isMissing()).isTrue();
        assertThat(scores.get(1).value()).isEqualTo(1);
        // recursion of the matcher ends in its stack
        Scored deep = judge("regex", Map.of("pattern", "(?:(a)|b)*c"), "ab".repeat(500_000), null);
        assertThat(deep.kind()).isEqualTo(Scored.Kind.LIMIT);
    }

    @Test
    void programsDecideByTheirExitStatus() {
        assertThat(program("/bin/sh", "exit 0").value()).isEqualTo(1);
        assertThat(program("/bin/sh", "exit 1").value()).isZero();
        Scored endless = program("/bin/sh", "while true; do :; done");
        assertThat(endless.kind()).isEqualTo(Scored.Kind.LIMIT);
        assertThat(endless.value()).isZero();
        assertThat(program("/no/such", "").kind()).isEqualTo(Scored.Kind.FAULT);
        RewardFunction tested =
                open("program", Map.of("command", "/bin/sh", "test_column", "answer", "fenced", "true"));
        PromptCompletion sample =
                new PromptCompletion(Prompt.text("p"), "Sure:\n```sh\nx=4\n```\ndone", Map.of("answer", "[ $x = 4 ]"));
        assertThat(tested.evaluate(List.of(sample)).get(0).value()).isEqualTo(1);
    }

    private static Scored program(String command, String completion) {
        return judge("program", Map.of("command", command, "seconds", "0.5"), completion, null);
    }

    @Test
    void programsRunInTheGivenSandbox() {
        Sandbox sandbox = program ->
                new Sandbox.Result(Sandbox.Ending.EXITED, program.input().equals("2") ? 0 : 9, "");
        RewardFunction reward = provider("program")
                .open(RewardSetup.of(Map.of("command", "x y")).withSandbox(sandbox));
        assertThat(reward.score(List.of(
                        new PromptCompletion(Prompt.text("p"), "2"), new PromptCompletion(Prompt.text("p"), "3"))))
                .containsExactly(1, 0);
    }

    @Test
    void anErrorOnOneCompletionIsAClassOfItsOwn() {
        VerifiableReward broken = sample -> {
            if (sample.completion().equals("bad")) {
                throw new IllegalStateException("lost");
            }
            return Scored.of(1, "");
        };
        List<Scored> scores = broken.evaluate(
                List.of(new PromptCompletion(Prompt.text("p"), "bad"), new PromptCompletion(Prompt.text("p"), "ok")));
        assertThat(scores.get(0)).isEqualTo(Scored.fault("java.lang.IllegalStateException: lost"));
        assertThat(scores.get(1).value()).isEqualTo(1);
    }

    private static Scored judge(String name, Map<String, String> settings, String completion, @Nullable Object answer) {
        Map<String, @Nullable Object> columns = answer == null ? Map.of() : Map.of("answer", answer);
        return open(name, settings)
                .evaluate(List.of(new PromptCompletion(Prompt.text("p"), completion, columns)))
                .get(0);
    }

    private static RewardFunction open(String name, Map<String, String> settings) {
        return provider(name).open(RewardSetup.of(settings));
    }

    private static RewardProvider provider(String name) {
        return ServiceLoader.load(RewardProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
