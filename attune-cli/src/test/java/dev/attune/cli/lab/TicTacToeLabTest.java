package dev.attune.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.CommandLineRun;
import dev.attune.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The lab in small: one seed and half a minute. */
class TicTacToeLabTest {
    private static final List<String> SMALL = List.of(
            "rules.demonstrations.count=3000",
            "play.steps=60",
            "play.batch.rollouts=256",
            "play.ppo.minibatches=2",
            "play.evaluate.every=30",
            "play.checkpoint.every=0");

    @TempDir
    Path folder;

    private CommandLineRun lab(String... more) {
        String[] arguments = java.util.stream.Stream.of(
                        List.of("lab", "tic-tac-toe", "--json", "--seeds", "1", "--out", folder.toString()),
                        SMALL,
                        List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new);
        return CommandLineRun.of(arguments);
    }

    @Test
    void ppoTeachesWhatTheRulesDoNot() throws Exception {
        Map<String, Double> figures = new HashMap<>();
        for (JsonNode figure : Json.tree(lab().out()).get("figures")) {
            figures.put(figure.get("name").asString(), figure.get("value").asDouble());
        }
        double before = figures.get("seed 1, before PPO: games lost");
        double after = figures.get("seed 1: games lost");
        assertThat(before).isGreaterThan(100);
        assertThat(after).isLessThan(before / 2);
        assertThat(figures).containsEntry("seeds that pass", after == 0 ? 1.0 : 0.0);
        assertThat(Files.readString(folder.resolve("seed-1/minutes.txt"))).matches("\\d+\\.\\d\\d\\s+");

        CommandLineRun other = lab("play.steps=61");
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.err()).contains("a run of another recipe");
    }
}
