package dev.attune.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.RewardPooling;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.safetensors.SafetensorsWriter;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.BpeTrainer;
import dev.attune.model.tokenizer.BpeVocabulary;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.TokenBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckpointsTest {
    @TempDir
    Path dir;

    private static ModelConfig small(boolean tied) {
        return ModelConfig.llama()
                .vocabularySize(300)
                .width(16)
                .mlpWidth(24)
                .layers(2)
                .heads(2)
                .tied(tied)
                .tokens(null, 1, 0)
                .build();
    }

    private static Path shared(String name) {
        return Path.of(System.getProperty("attune.shared"), "models").resolve(name);
    }

    private static float[] logits(CausalLm model) {
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            return model.logits(TokenBatch.rightPadded(List.of(new int[] {3, 5, 7, 11}), 0))
                    .toFloats();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSavedModelComputesTheSame(boolean tied) {
        Path place = dir.resolve("model");
        try (CausalLm model = CausalLm.create(small(tied), 4)) {
            Checkpoints.saveCausal(place, model, null, DType.FLOAT32);
            try (CausalLm loaded = Checkpoints.loadCausal(place)) {
                assertThat(logits(loaded)).containsExactly(logits(model));
            }
        }
        assertThat(place.resolve("generation_config.json")).content().contains("\"eos_token_id\" : 1");
        assertThat(dir.resolve("model.tmp")).doesNotExist();
    }

    @Test
    void shardsLoadLikeOneFile() {
        Path place = dir.resolve("model");
        try (CausalLm model = CausalLm.create(small(true), 4)) {
            Checkpoints.save(place, model.merged(), null, DType.FLOAT32, 4000);
            assertThat(place.resolve("model.safetensors.index.json")).exists();
            try (CausalLm loaded = Checkpoints.loadCausal(place)) {
                assertThat(logits(loaded)).containsExactly(logits(model));
            }
        }
    }

    @Test
    void aRewardModelKeepsItsBiasAndPad() {
        Path place = dir.resolve("reward");
        try (CausalLm base = CausalLm.create(small(true), 4);
                RewardModel model = RewardModel.fromBackbone(base, 5);
                Scope scope = Scope.open()) {
            model.setRewardBias(-0.75);
            Checkpoints.saveReward(place, model, null, DType.FLOAT32);
            assertThat(Checkpoints.isReward(place)).isTrue();
            TokenBatch batch = TokenBatch.leftPadded(List.of(new int[] {3, 5}, new int[] {4}), 0);
            try (RewardModel loaded = Checkpoints.loadReward(place)) {
                assertThat(loaded.rewardBias()).isEqualTo(-0.75);
                assertThat(loaded.scores(batch).toFloats())
                        .containsExactly(model.scores(batch).toFloats());
            }
        }
        assertThat(place.resolve("config.json")).content().contains("\"pad_token_id\" : 0");
        assertThatThrownBy(() -> Checkpoints.loadCausal(place))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("LlamaForSequenceClassification");
    }

    @Test
    void halfPrecisionHalvesTheFile() throws IOException {
        Path full = dir.resolve("full");
        Path half = dir.resolve("half");
        try (CausalLm model = CausalLm.create(small(true), 4)) {
            Checkpoints.saveCausal(full, model, null, DType.FLOAT32);
            Checkpoints.saveCausal(half, model, null, DType.BFLOAT16);
            try (CausalLm loaded = Checkpoints.loadCausal(half)) {
                float[] expected = logits(model);
                float[] actual = logits(loaded);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(actual[i]).isCloseTo(expected[i], org.assertj.core.api.Assertions.within(0.01f));
                }
            }
        }
        assertThat(half.resolve("config.json")).content().contains("\"dtype\" : \"bfloat16\"");
        assertThat(Files.size(half.resolve("model.safetensors")))
                .isLessThan(Files.size(full.resolve("model.safetensors")) * 6 / 10);
    }

    @Test
    void theTokenizerIsSavedAlong() {
        Path source = dir.resolve("source");
        new BpeTrainer(300)
                .specialTokens(List.of("<|pad|>", "<|end|>"))
                .train(Stream.of("one two one two"))
                .save(source, new BpeVocabulary.Roles(null, "<|end|>", "<|pad|>", 64, null));
        Path place = dir.resolve("model");
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(source);
                CausalLm model = CausalLm.create(small(true), 4)) {
            Checkpoints.saveCausal(place, model, tokenizer, DType.FLOAT32);
            Checkpoints.saveCausal(place, model, tokenizer, DType.FLOAT32); // replaces
            try (HuggingFaceTokenizer again = HuggingFaceTokenizer.load(place)) {
                assertThat(again.encode("one two")).containsExactly(tokenizer.encode("one two"));
                assertThat(again.eosIds()).containsExactly(1);
            }
        }
        assertThat(dir.resolve("model.old")).doesNotExist();
    }

    @Test
    void aDirectoryOfOtherThingsIsNotReplaced() throws IOException {
        Files.writeString(dir.resolve("thesis.txt"), "years of work");
        try (CausalLm model = CausalLm.create(small(true), 4)) {
            assertThatThrownBy(() -> Checkpoints.saveCausal(dir, model, null, DType.FLOAT32))
                    .isInstanceOf(BadInputException.class);
        }
        assertThat(dir.resolve("thesis.txt")).exists();
    }

    @Test
    void aSaveThatFailsLeavesNothingBehind() throws IOException {
        Files.writeString(dir.resolve("file"), "in the way");
        try (CausalLm model = CausalLm.create(small(true), 4)) {
            assertThatThrownBy(() -> Checkpoints.saveCausal(dir.resolve("file/model"), model, null, DType.FLOAT32))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("cannot be saved");
        }
    }

    @Test
    void wrongWeightsAreNamed() throws IOException {
        Path place = dir.resolve("model");
        try (CausalLm model = CausalLm.create(small(false), 4);
                Scope scope = Scope.open()) {
            Checkpoints.saveCausal(place, model, null, DType.FLOAT32);
            Path file = place.resolve("model.safetensors");
            Map<String, Tensor> weights = new LinkedHashMap<>();
            try (SafetensorsFile open = SafetensorsFile.open(file)) {
                open.names().forEach(name -> weights.put(name, open.readWeight(name)));
            }
            Map<String, Tensor> missing = new LinkedHashMap<>(weights);
            missing.remove("lm_head.weight");
            refused(file, missing, "lm_head.weight: found nothing");
            Map<String, Tensor> extra = new LinkedHashMap<>(weights);
            extra.put("model.layers.2.input_layernorm.weight", Tensor.ones(16));
            refused(file, extra, "model.layers.2.input_layernorm.weight");
            Map<String, Tensor> shape = new LinkedHashMap<>(weights);
            shape.put("model.norm.weight", Tensor.ones(17));
            refused(file, shape, "model.norm.weight: found shape [17], expected shape [16]");
            Map<String, Tensor> bare = new LinkedHashMap<>();
            weights.forEach((name, weight) -> bare.put(name.replace("model.", ""), weight));
            SafetensorsWriter.write(file, bare, null);
            try (CausalLm loaded = Checkpoints.loadCausal(place)) {
                assertThat(logits(loaded)).containsExactly(logits(model));
            }
        }
    }

    private static void refused(Path file, Map<String, Tensor> weights, String named) {
        SafetensorsWriter.write(file, weights, null);
        Path directory = java.util.Objects.requireNonNull(file.getParent());
        assertThatThrownBy(() -> Checkpoints.loadCausal(directory))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(named)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void aConfigThatAsksForTheMoonIsRefusedBeforeAnythingIsAllocated() throws IOException {
        Path place = dir.resolve("model");
        try (CausalLm model = CausalLm.create(small(true), 4)) {
            Checkpoints.saveCausal(place, model, null, DType.FLOAT32);
        }
        Path config = place.resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"vocab_size\" : 300", "\"vocab_size\" : 1000000000"));

        assertThatThrownBy(() -> Checkpoints.loadCausal(place))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("[300, 16]");
    }

    @Test
    void placesWithoutAModelSaySo() {
        assertThatThrownBy(() -> Checkpoints.loadCausal(dir.resolve("nowhere")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no such directory");
        assertThatThrownBy(() -> Checkpoints.loadCausal(dir))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no config.json");
    }

    @ParameterizedTest
    @Tag("shared")
    @ValueSource(
            strings = {
                "tiny/gpt2",
                "tiny/gpt_neox",
                "tiny/llama",
                "tiny/llama3_rope_tied",
                "tiny/mistral",
                "tiny/mistral_sliding",
                "tiny/qwen2",
                "tiny/qwen3",
                "tiny/gemma2",
                "tiny/phi3",
                "families/gemma3_text",
                "families/granite",
                "families/llama_linear_rope",
                "families/llama_yarn",
                "families/mixtral",
                "families/olmo2",
                "families/phi",
                "families/qwen3_moe",
                "families/smollm3"
            })
    void everyFamilySurvivesARoundTrip(String name) throws IOException {
        Path source = shared(name);
        Path place = dir.resolve("model");
        try (CausalLm model = Checkpoints.loadCausal(source)) {
            Checkpoints.saveCausal(place, model, null, DType.FLOAT32);
            try (CausalLm again = Checkpoints.loadCausal(place)) {
                assertThat(logits(again)).containsExactly(logits(model));
            }
        }
        assertSameWeights(source, place);
        assertKeeps(source.resolve("config.json"), place.resolve("config.json"));
    }

    @ParameterizedTest
    @Tag("shared")
    @ValueSource(strings = {"families/gemma2_reward", "families/qwen3_reward", "tiny/llama_reward"})
    void rewardModelsSurviveARoundTrip(String name) throws IOException {
        Path source = shared(name);
        Path place = dir.resolve("model");
        try (RewardModel model = Checkpoints.loadReward(source);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoints.saveReward(place, model, null, DType.FLOAT32);
            TokenBatch batch = TokenBatch.leftPadded(List.of(new int[] {3, 5, 9, 4}, new int[] {4, 7}), 0);
            try (RewardModel again = Checkpoints.loadReward(place)) {
                assertThat(again.scores(batch).toFloats())
                        .containsExactly(model.scores(batch).toFloats());
            }
        }
        assertSameWeights(source, place);
        assertKeeps(source.resolve("config.json"), place.resolve("config.json"));
    }

    /** A head on the backbone of each family, which drops what belongs to the language model alone. */
    @ParameterizedTest
    @Tag("shared")
    @ValueSource(strings = {"gemma3_text", "granite", "mixtral", "olmo2", "phi", "qwen3_moe", "smollm3"})
    void rewardModelsOfEveryFamilySurviveARoundTrip(String name) {
        Path place = dir.resolve("model");
        try (CausalLm base = Checkpoints.loadCausal(shared("families/" + name));
                RewardModel model = RewardModel.fromBackbone(base, new RewardModel.Shape(2, RewardPooling.LAST), 3);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoints.saveReward(place, model, null, DType.FLOAT32);
            TokenBatch batch = TokenBatch.leftPadded(List.of(new int[] {3, 5, 9, 4}, new int[] {4, 7}), 0);
            try (RewardModel again = Checkpoints.loadReward(place)) {
                assertThat(again.config().layers()).isEqualTo(2);
                assertThat(again.scores(batch).toFloats())
                        .containsExactly(model.scores(batch).toFloats());
            }
        }
    }

    private static void assertSameWeights(Path source, Path place) {
        try (SafetensorsFile original = SafetensorsFile.open(source.resolve("model.safetensors"));
                SafetensorsFile written = SafetensorsFile.open(place.resolve("model.safetensors"));
                Scope scope = Scope.open()) {
            assertThat(written.names()).containsExactlyInAnyOrderElementsOf(original.names());
            for (String name : original.names()) {
                assertThat(written.readWeight(name).sameValues(original.readWeight(name)))
                        .as(name)
                        .isTrue();
            }
        }
    }

    /** Every key of the original with its value; others may be added for older versions of transformers. */
    private static void assertKeeps(Path original, Path written) throws IOException {
        JsonNode expected = JsonMapper.shared().readTree(Files.readString(original));
        JsonNode actual = JsonMapper.shared().readTree(Files.readString(written));
        expected.properties().forEach(entry -> assertThat(actual.get(entry.getKey()))
                .as(entry.getKey())
                .isEqualTo(entry.getValue()));
        assertThat(ModelConfig.read(written).architecture())
                .isEqualTo(ModelConfig.read(original).architecture());
    }
}
