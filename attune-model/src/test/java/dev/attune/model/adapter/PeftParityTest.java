package dev.attune.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.checkpoint.AdapterCheckpoints;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.safetensors.SafetensorsWriter;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.Checkpoint;
import dev.attune.model.transformer.RewardModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Adapters that PEFT 0.21 wrote, against the logits that it computes with them (attune-bench/peers/adapter_fixtures.py). */
class PeftParityTest {
    private static final Path FOLDER = Path.of("src/test/resources/adapters");
    private static final double TOLERANCE = 1e-4;

    /** Read by attune-bench/peers/adapter_check.py. */
    private static final Path WRITTEN = Path.of("target/adapters");

    static Stream<String> causalCases() {
        return Stream.of(FOLDER.toFile().list()).sorted().filter(name -> !name.equals("llama_reward"));
    }

    @ParameterizedTest
    @MethodSource("causalCases")
    void logitsEqualThoseOfPeft(String name) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoint checkpoint = Checkpoint.read(FOLDER.resolve(name));
            try (CausalLm base = CausalLm.of(checkpoint.config(), checkpoint.weights())) {
                Tensor before = base.logits(checkpoint.batch());
                Adapter adapter = PeftFiles.load(FOLDER.resolve(name), base.asBase(), 1);
                assertThat(adapter.warnings()).isEmpty();
                try (CausalLm model = CausalLm.adapted(base.asBase(), adapter);
                        CausalLm merged = model.copy();
                        CausalLm plain = model.withoutAdapter()) {
                    assertClose(checkpoint, model.logits(checkpoint.batch()));
                    assertClose(checkpoint, merged.logits(checkpoint.batch()));
                    assertThat(plain.logits(checkpoint.batch()).sameValues(before))
                            .isTrue();
                    assertWritten(WRITTEN.resolve(name), checkpoint, adapter, model, base);
                }
            }
        }
    }

    /** The files that Attune writes, read again, and the merged model. */
    private static void assertWritten(
            Path place, Checkpoint checkpoint, Adapter adapter, CausalLm model, CausalLm base) {
        Path written = place.resolve("adapter");
        PeftFiles.save(written, adapter, "base", DType.FLOAT32);
        Checkpoints.saveCausal(place.resolve("merged"), model, null, DType.FLOAT32);
        SafetensorsWriter.write(
                place.resolve("logits.safetensors"), Map.of("logits", model.logits(checkpoint.batch())), null);
        try (CausalLm again = CausalLm.adapted(base.asBase(), PeftFiles.load(written, base.asBase(), 1));
                CausalLm merged = Checkpoints.loadCausal(place.resolve("merged"))) {
            assertThat(again.logits(checkpoint.batch()).sameValues(model.logits(checkpoint.batch())))
                    .isTrue();
            assertClose(checkpoint, merged.logits(checkpoint.batch()));
            assertThat(place.resolve("merged").toFile().list()).noneMatch(file -> file.startsWith("adapter"));
        }
    }

    @Test
    void scoresOfARewardModelEqualThoseOfPeft() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Path folder = FOLDER.resolve("llama_reward");
            Checkpoint checkpoint = Checkpoint.read(folder);
            Tensor expected = checkpoint.golden().get("logits").squeeze(-1);
            try (RewardModel base = RewardModel.of(checkpoint.config(), checkpoint.weights());
                    RewardModel model = RewardModel.adapted(base.asBase(), PeftFiles.load(folder, base.asBase(), 1));
                    RewardModel merged = model.copy()) {
                assertThat(largest(model.scores(checkpoint.batch()).minus(expected)))
                        .isLessThan(TOLERANCE);
                assertThat(largest(merged.scores(checkpoint.batch()).minus(expected)))
                        .isLessThan(TOLERANCE);
                assertThat(largest(base.scores(checkpoint.batch()).minus(expected)))
                        .isGreaterThan(0.01);
                Path place = WRITTEN.resolve("llama_reward");
                AdapterCheckpoints.save(place.resolve("adapter"), model, "base", null, DType.FLOAT32);
                Checkpoints.saveReward(place.resolve("merged"), model, null, DType.FLOAT32);
                SafetensorsWriter.write(
                        place.resolve("logits.safetensors"),
                        Map.of("logits", model.scores(checkpoint.batch()).unsqueeze(1)),
                        null);
            }
        }
    }

    /** Compares the logits of real tokens with those of the adapted model; PEFT's merge forgets the tied side. */
    private static void assertClose(Checkpoint checkpoint, Tensor logits) {
        Tensor difference = logits.minus(checkpoint.golden().get("logits"))
                .times(checkpoint.golden().get("attention_mask").unsqueeze(2));
        assertThat(largest(difference)).as(Arrays.toString(logits.shape())).isLessThan(TOLERANCE);
    }

    private static double largest(Tensor tensor) {
        return tensor.abs().max().item();
    }
}
