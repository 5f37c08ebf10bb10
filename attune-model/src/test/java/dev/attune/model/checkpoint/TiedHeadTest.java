package dev.attune.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.safetensors.SafetensorsWriter;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.TokenBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that hold another output projection, or another name of the tied one, than their config.json says. */
class TiedHeadTest {
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String HEAD = "lm_head.weight";

    @TempDir
    Path dir;

    private static ModelConfig config(boolean tied) {
        return ModelConfig.llama()
                .vocabularySize(40)
                .width(8)
                .mlpWidth(12)
                .layers(1)
                .heads(2)
                .tied(tied)
                .tokens(null, 1, 0)
                .build();
    }

    private static float[] logits(CausalLm model) {
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            return model.logits(TokenBatch.rightPadded(List.of(new int[] {3, 5, 7}), 0))
                    .toFloats();
        }
    }

    /** A model with an output projection of its own whose config.json says that it is tied. */
    private Path untiedSaidTied(CausalLm model) throws IOException {
        Path place = dir.resolve("model");
        Checkpoints.saveCausal(place, model, null, DType.FLOAT32);
        Path config = place.resolve("config.json");
        String json = Files.readString(config);
        String tied = json.replaceAll("\"tie_word_embeddings\" : false", "\"tie_word_embeddings\" : true");
        assertThat(tied).isNotEqualTo(json);
        Files.writeString(config, tied);
        return place;
    }

    @Test
    void anotherHeadInTheFileIsKeptSaidAndSavedAsUntied() throws IOException {
        List<String> said = new java.util.ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                said.add(java.text.MessageFormat.format(entry.getMessage(), entry.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Checkpoints.class.getName());
        logger.addHandler(listener);
        try (CausalLm model = CausalLm.create(config(false), 5)) {
            Path place = untiedSaidTied(model);
            try (CausalLm loaded = Checkpoints.loadCausal(place)) {
                assertThat(loaded.config().tied()).isFalse();
                assertThat(logits(loaded)).containsExactly(logits(model));
                Path again = dir.resolve("again");
                Checkpoints.saveCausal(again, loaded, null, DType.FLOAT32);
                assertThat(again.resolve("config.json")).content().contains("\"tie_word_embeddings\" : false");
                try (CausalLm second = Checkpoints.loadCausal(again)) {
                    assertThat(logits(second)).containsExactly(logits(model));
                }
            }
            assertThat(said)
                    .singleElement()
                    .asString()
                    .startsWith(place + ": config.json ties the output projection")
                    .contains("both are used as they are");
        } finally {
            logger.removeHandler(listener);
        }
    }

    @Test
    void anEqualHeadInTheFileIsTied() throws IOException {
        try (CausalLm model = CausalLm.create(config(true), 5)) {
            Path place = saved(model, weights -> weights.put(HEAD, Objects.requireNonNull(weights.get(EMBEDDING))));
            try (CausalLm loaded = Checkpoints.loadCausal(place)) {
                assertThat(loaded.config().tied()).isTrue();
                assertThat(loaded.parameters().byName()).doesNotContainKey(HEAD);
                assertThat(logits(loaded)).containsExactly(logits(model));
            }
        }
    }

    @Test
    void aTiedTensorUnderTheHeadsNameAloneIsTheEmbedding() throws IOException {
        try (CausalLm model = CausalLm.create(config(true), 5)) {
            Path place = saved(model, weights -> weights.put(HEAD, Objects.requireNonNull(weights.remove(EMBEDDING))));
            try (CausalLm loaded = Checkpoints.loadCausal(place)) {
                assertThat(logits(loaded)).containsExactly(logits(model));
            }
        }
    }

    @Test
    void aRewardModelOfATiedBackboneNeedsNoHead() throws IOException {
        try (CausalLm model = CausalLm.create(config(false), 5)) {
            Path place = untiedSaidTied(model);
            try (CausalLm loaded = Checkpoints.loadCausal(place);
                    RewardModel reward = RewardModel.fromBackbone(loaded, 6)) {
                assertThat(reward.parameters().byName()).containsKey(EMBEDDING).doesNotContainKey(HEAD);
            }
        }
    }

    private interface Change {
        void apply(Map<String, Tensor> weights);
    }

    private Path saved(CausalLm model, Change change) {
        Path place = dir.resolve("model");
        Checkpoints.saveCausal(place, model, null, DType.FLOAT32);
        Path file = place.resolve("model.safetensors");
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> weights = new LinkedHashMap<>();
            try (SafetensorsFile open = SafetensorsFile.open(file)) {
                open.names().forEach(name -> weights.put(name, open.readWeight(name)));
            }
            change.apply(weights);
            SafetensorsWriter.write(file, weights, null);
        }
        return place;
    }
}
