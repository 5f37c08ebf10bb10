package dev.attune.core.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.io.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
    @TempDir
    Path folder;

    private static Provenance provenance(String run, List<DataSource> data, List<Parent> parents) {
        return new Provenance(
                run,
                "ppo",
                7,
                "2026-01-01T00:00:00Z",
                Hashing.sha256(run),
                Map.of("attune", "0.1.0"),
                Machine.here(),
                data,
                parents);
    }

    @Test
    void holdsTheChainBackToTheRankings() throws IOException {
        Path rankings = Files.writeString(folder.resolve("rankings.jsonl"), "{}\n");
        Path pairs = Files.writeString(folder.resolve("pairs.jsonl"), "{\"chosen\":1}\n");
        DataSource original = DataSource.of(rankings, "rankings", 1, 1);
        assertThat(original.sources()).isEmpty();
        DataSource.recordDerived(pairs, "prompt/chosen/rejected", 1, Map.of("pairs", "all"), List.of(original));

        Path reward = Files.createDirectory(folder.resolve("reward"));
        Files.writeString(reward.resolve("model.safetensors"), "weights");
        provenance("reward", List.of(DataSource.of(pairs, "prompt/chosen/rejected", 1, 1)), List.of())
                .write(reward);

        Path policy = Files.createDirectory(folder.resolve("policy"));
        Provenance ppo = provenance("ppo", List.of(), List.of(Provenance.parent("reward", reward)));
        ppo.write(policy);

        Provenance read = Provenance.find(policy).orElseThrow();
        assertThat(read).isEqualTo(ppo);
        assertThat(read.chain()).extracting(Provenance::run).containsExactly("ppo", "reward");
        assertThat(read.allData())
                .extracting(source -> Path.of(source.path()).getFileName().toString())
                .containsExactly("pairs.jsonl", "rankings.jsonl");
        assertThat(read.allData().get(0).derivation()).containsEntry("pairs", "all");
        assertThat(read.parents().get(0).sha256()).isEqualTo(Hashing.sha256OfFolder(reward));
    }

    @Test
    void ignoresARecordThatBelongsToOtherBytes() throws IOException {
        Path pairs = Files.writeString(folder.resolve("pairs.jsonl"), "old\n");
        DataSource.recordDerived(pairs, "prompts", 1, Map.of("pairs", "all"), List.of());
        Files.writeString(pairs, "new\n");
        assertThat(DataSource.of(pairs, "prompts", 1, 1).derivation()).isEmpty();
    }

    @Test
    void describesThisMachine() {
        Machine machine = Machine.here();
        assertThat(machine.cores()).isPositive();
        assertThat(machine.memoryBytes()).isGreaterThan(100_000_000);
        assertThat(machine.describe()).contains(machine.cores() + " cores").doesNotContain("\n");
    }

    @Test
    void findsNoneInAModelFromElsewhere() throws IOException {
        assertThat(Provenance.find(folder)).isEmpty();
        assertThat(Provenance.parent("model", folder).provenance()).isNull();
    }
}
