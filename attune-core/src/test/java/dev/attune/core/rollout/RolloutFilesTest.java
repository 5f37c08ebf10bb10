package dev.attune.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.Gzip;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutFilesTest {
    @TempDir
    Path folder;

    private static Rollout rollout() {
        return new Rollout(
                Prompt.text("Say hi"),
                " hi",
                new int[] {5, 6},
                new int[] {7, 8, 3},
                new int[] {1, 0, 1},
                new float[] {-0.1f, -0.2f, -0.3f},
                new float[] {-0.15f, -0.2f, -0.35f},
                null,
                new float[] {0.05f, 0.5f, 0.05f},
                new float[] {0, 0, 1.5f},
                new float[] {0.25f, 0.5f, 1},
                new float[] {0.25f, 0.5f, 1},
                1.5,
                Map.of("polite", 1.5),
                Map.of(),
                "end_token",
                List.of(),
                null);
    }

    @Test
    void writesAndReadsTheSame() throws IOException {
        Path file = folder.resolve("step-3.jsonl.gz");
        RolloutFiles.write(file, List.of(rollout(), rollout()));
        assertThat(Gzip.isGzip(file)).isTrue();
        assertThat(RolloutFiles.read(file))
                .hasSize(2)
                .allSatisfy(read -> assertThat(read).usingRecursiveComparison().isEqualTo(rollout()));
    }

    @Test
    void namesItsKeysAsTheRunDirectoryDoes() throws IOException {
        Path file = folder.resolve("step-3.jsonl");
        RolloutFiles.write(file, List.of(rollout()));
        assertThat(Files.readString(file, StandardCharsets.UTF_8))
                .startsWith("{\"prompt\":\"Say hi\",\"completion\":\" hi\",\"prompt_tokens\":[5,6],\"tokens\":[7,8,3],"
                        + "\"mask\":[1,0,1],\"logprobs\":[-0.1,-0.2,-0.3],\"reference_logprobs\":[-0.15,-0.2,-0.35],"
                        + "\"values\":null,\"kl\":")
                .contains(
                        "\"rewards\":", "\"advantages\":", "\"returns\":", "\"score\":1.5,\"scores\":{\"polite\":1.5}")
                .endsWith("\"stop\":\"end_token\",\"turns\":[],\"fault\":null}\n");
    }

    @Test
    void sumsKlOverActionsAlone() {
        assertThat(rollout().sequenceKl()).isCloseTo(0.1, within(1e-7));
    }

    @Test
    void namesTheLineThatIsBroken() throws IOException {
        Path file = folder.resolve("step-3.jsonl");
        RolloutFiles.write(file, List.of(rollout()));
        Files.writeString(file, Files.readString(file) + "{\"prompt\":");
        assertThatThrownBy(() -> RolloutFiles.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(file + ":2: found ");
    }

    @Test
    void refusesArraysOfOtherLengths() {
        Rollout fine = rollout();
        assertThatThrownBy(() -> new Rollout(
                        fine.prompt(),
                        fine.completion(),
                        fine.promptTokens(),
                        fine.tokens(),
                        new int[] {1},
                        fine.logprobs(),
                        null,
                        null,
                        fine.kl(),
                        fine.rewards(),
                        fine.advantages(),
                        fine.returns(),
                        0,
                        Map.of(),
                        Map.of(),
                        "length",
                        List.of(),
                        null))
                .hasMessage("mask has 1 entries for 3 tokens");
    }
}
