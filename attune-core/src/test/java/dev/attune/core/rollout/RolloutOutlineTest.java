package dev.attune.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutOutlineTest {
    @TempDir
    private Path folder;

    private static Rollout rollout(double score) {
        float[] numbers = {0.5f, 0, -0.25f, 1};
        return new Rollout(
                Prompt.chat(Message.user("Where?")),
                "Here.",
                new int[] {5},
                new int[] {7, 8, 9, 10},
                new int[] {1, 0, 1, 1},
                numbers,
                null,
                null,
                numbers,
                numbers,
                numbers,
                numbers,
                score,
                Map.of("m", score),
                Map.of(),
                "length",
                List.of(new Rollout.Turn("s", "a", 0, 1, 2, "")),
                null);
    }

    @Test
    void saysTheSameAsTheWholeRollout() throws IOException {
        Path file = folder.resolve("step-1.jsonl.gz");
        RolloutFiles.write(file, List.of(rollout(3), rollout(4)));
        List<RolloutOutline> outlines = RolloutFiles.outlines(file);
        assertThat(outlines).extracting(RolloutOutline::score).containsExactly(3.0, 4.0);
        RolloutOutline first = outlines.get(0);
        assertThat(first.lastMessage()).isEqualTo("Where?");
        assertThat(first.length()).isEqualTo(3);
        assertThat(first.truncated()).isTrue();
        assertThat(first.sequenceKl()).isEqualTo(1.25).isEqualTo(rollout(3).sequenceKl());
        assertThat(first.actions()).containsExactly(new int[] {7}, new int[] {9, 10});
    }

    @Test
    void oneOfAFileIsReadAlone() throws IOException {
        Path file = folder.resolve("step-1.jsonl.gz");
        RolloutFiles.write(file, List.of(rollout(3), rollout(4)));
        assertThat(RolloutFiles.read(file, 1).score()).isEqualTo(4);
        assertThatThrownBy(() -> RolloutFiles.read(file, 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> RolloutFiles.read(file, -1)).isInstanceOf(BadInputException.class);
    }
}
