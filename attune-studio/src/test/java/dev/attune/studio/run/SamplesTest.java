package dev.attune.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
    @TempDir
    Path run;

    @Test
    void promptsThatCameAgainShowTheirFirstAndTheirLastAnswer() throws Exception {
        Files.writeString(run.resolve("samples.jsonl"), """
                {"step": 10, "prompt": "a", "completion": "a10", "score": 0.5}
                {"step": 10, "prompt": "once", "completion": "o10", "score": 1}
                {"step": 20, "prompt": [{"role": "user", "content": "b"}], "completion": "b20", "score": null}
                {"step": 20, "prompt": "a", "completion": "a20", "score": 0.6}
                {"step": 30, "prompt": "a", "completion": "a30", "score": 0.7}
                {"step": 30, "prompt": [{"role": "user", "content": "b"}], "completion": "b30"}
                {"step": 40, "prompt": "a", "compl""");
        assertThat(Samples.of(run, 5))
                .containsExactly(
                        new Samples(
                                "a",
                                new Samples.Answer(10, "a10", OptionalDouble.of(0.5)),
                                new Samples.Answer(30, "a30", OptionalDouble.of(0.7))),
                        new Samples(
                                "b",
                                new Samples.Answer(20, "b20", OptionalDouble.empty()),
                                new Samples.Answer(30, "b30", OptionalDouble.empty())));
        assertThat(Samples.of(run, 1)).hasSize(1);
        assertThat(Samples.of(run.resolve("none"), 5)).isEmpty();
    }
}
