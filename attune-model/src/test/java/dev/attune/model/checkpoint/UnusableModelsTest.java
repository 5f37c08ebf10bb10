package dev.attune.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.model.local.LocalTextModel;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.safetensors.SafetensorsWriter;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.BpeTrainer;
import dev.attune.model.tokenizer.BpeVocabulary;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that would compute wrong results, or fail during the computation, are refused when they load. */
class UnusableModelsTest {
    private static final int WIDTH = 16;

    @TempDir
    Path dir;

    private static ModelConfig config(int rows) {
        return ModelConfig.llama()
                .vocabularySize(rows)
                .width(WIDTH)
                .mlpWidth(24)
                .layers(1)
                .heads(2)
                .tied(true)
                .tokens(null, 1, 0)
                .build();
    }

    /** A tokenizer with ids 0 to 299. */
    private Path tokenizer() {
        Path place = dir.resolve("tokenizer");
        new BpeTrainer(300)
                .specialTokens(List.of("<|pad|>", "<|end|>"))
                .train(Stream.of("one two three four five six seven eight nine ten, and over again: "
                        + "a rather long text with enough pairs of letters in it to fill the vocabulary"))
                .save(place, new BpeVocabulary.Roles(null, "<|end|>", "<|pad|>", 64, null));
        return place;
    }

    private Path model(int rows) {
        Path place = dir.resolve("model" + rows);
        try (Tokenizer tokenizer = HuggingFaceTokenizer.load(tokenizer());
                CausalLm model = CausalLm.create(config(rows), 3)) {
            Checkpoints.saveCausal(place, model, tokenizer, DType.FLOAT32);
        }
        return place;
    }

    private Path reward(int rows) {
        Path place = dir.resolve("reward" + rows);
        try (Tokenizer tokenizer = HuggingFaceTokenizer.load(tokenizer());
                CausalLm model = CausalLm.create(config(rows), 3);
                RewardModel reward = RewardModel.fromBackbone(model, 4)) {
            Checkpoints.saveReward(place, reward, tokenizer, DType.FLOAT32);
        }
        return place;
    }

    private static int lastId(Path place) {
        try (Tokenizer tokenizer = HuggingFaceTokenizer.load(place)) {
            return tokenizer.vocabularySize() - 1;
        }
    }

    @Test
    void tokenIdsBeyondTheEmbeddingAreRefused() {
        int last = lastId(tokenizer());
        Path model = model(last);
        Path reward = reward(last);

        assertThatThrownBy(() -> LocalTextModel.open(model))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(model.toString())
                .hasMessageContaining("ids up to " + last)
                .hasMessageContaining("has " + last + " rows")
                .hasMessageContaining("resize_token_embeddings(" + (last + 1) + ")");
        assertThatThrownBy(() -> LocalScoringModel.open(reward, ConversationOptions.named("plain")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("ids up to " + last);
    }

    @Test
    void aPaddedVocabularyIsFine() {
        int last = lastId(tokenizer());
        for (int rows : new int[] {last + 1, last + 65}) {
            try (LocalTextModel model = LocalTextModel.open(model(rows))) {
                assertThat(model.tokenizer().vocabularySize()).isEqualTo(last + 1);
            }
        }
    }

    @Test
    void anAddedTokenBeyondTheEmbeddingIsNamed() throws IOException {
        int last = lastId(tokenizer());
        Path model = model(last + 1);
        Path file = model.resolve("tokenizer.json");
        String added = "\"added_tokens\" : [ {\"id\": " + (last + 1) + ", \"content\": \"<|im_start|>\","
                + " \"single_word\": false, \"lstrip\": false, \"rstrip\": false, \"normalized\": false,"
                + " \"special\": true}, ";
        String json = Files.readString(file);
        String changed =
                json.replaceFirst("\"added_tokens\"\\s*:\\s*\\[", java.util.regex.Matcher.quoteReplacement(added));
        assertThat(changed).isNotEqualTo(json);
        Files.writeString(file, changed);

        assertThatThrownBy(() -> LocalTextModel.open(model))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("ids up to " + (last + 1) + " (" + (last + 1) + " is '<|im_start|>')");
    }

    @ParameterizedTest
    @CsvSource({"eos_token_id, 9999", "eos_token_id, '[1, 9999]'", "bos_token_id, 9999"})
    void rolesOfGenerationConfigBeyondTheEmbeddingAreRefused(String key, String value) throws IOException {
        Path model = model(320);
        Files.writeString(model.resolve("generation_config.json"), "{\"" + key + "\": " + value + "}");

        assertThatThrownBy(() -> LocalTextModel.open(model))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("the id 9999")
                .hasMessageContaining("ids up to 319");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adapter_config.json",
                "adapter_model.safetensors",
                "adapter_model.bin",
                "adapter_model-00001-of-00002.safetensors",
                "adapters.safetensors",
                "adapters.npz",
                "non_lora_trainables.bin"
            })
    void anAdapterBesideAModelOrAloneIsRefusedByName(String name) throws IOException {
        Path model = model(320);
        Files.writeString(model.resolve(name), "{}");
        Path alone = Files.createDirectories(dir.resolve("alone"));
        Files.writeString(alone.resolve(name), "{}");

        for (Path place : List.of(model, alone)) {
            assertThatThrownBy(() -> Checkpoints.loadCausal(place))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining(place.resolve(name) + ": found an adapter")
                    .hasMessageContaining("merge_and_unload");
        }
        assertThatThrownBy(() -> LocalTextModel.open(model)).hasMessageContaining("found an adapter");
        Path reward = reward(320);
        Files.writeString(reward.resolve(name), "{}");
        assertThatThrownBy(() -> Checkpoints.loadReward(reward)).hasMessageContaining("found an adapter");
    }

    @Test
    void otherFilesAboutAdaptersAreNone() throws IOException {
        Path model = model(320);
        Files.writeString(model.resolve("adapter-notes.md"), "merged from an adapter");
        Files.writeString(model.resolve("adaptation.bin.txt"), "");

        assertThatCode(() -> Checkpoints.loadCausal(model).close()).doesNotThrowAnyException();
    }

    @Test
    void weightsThatAreNotFiniteAreCountedAndRefused() {
        Path model = model(320);
        Path file = model.resolve("model.safetensors");
        String gate = "model.layers.0.mlp.gate_proj.weight";
        String norm = "model.norm.weight";
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> weights = weights(file);
            float[] values = weights.get(gate).toFloats();
            values[0] = Float.NaN;
            values[7] = Float.NaN;
            values[9] = Float.NEGATIVE_INFINITY;
            weights.put(gate, Tensor.of(values, 24, WIDTH));
            float[] ones = weights.get(norm).toFloats();
            ones[3] = Float.POSITIVE_INFINITY;
            weights.put(norm, Tensor.of(ones, WIDTH));
            SafetensorsWriter.write(file, weights, null);
        }

        assertThatThrownBy(() -> Checkpoints.loadCausal(model))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(model + ", weight " + gate)
                .hasMessageContaining("2 NaN and 1 infinite numbers among its 384 values");
        assertThat(NonFinite.in(model))
                .containsExactlyInAnyOrder(new NonFinite(gate, 2, 1, 384), new NonFinite(norm, 0, 1, WIDTH));
    }

    private static Map<String, Tensor> weights(Path file) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            open.names().forEach(name -> weights.put(name, open.readWeight(name)));
        }
        return weights;
    }

    @Test
    @Tag("shared")
    void theCasesAreRefused() {
        Path cases = Path.of(System.getProperty("attune.shared"), "cases");
        Path unresized = cases.resolve("F07-token-id-beyond-embedding/unresized");
        Path adapted = cases.resolve("F09-adapter-beside-model/lora_real");

        assertThatThrownBy(() -> LocalTextModel.open(unresized))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("ids up to 357 (355 is '<|im_start|>')")
                .hasMessageContaining("has 355 rows");
        assertThatThrownBy(() -> LocalTextModel.open(adapted))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(adapted.resolve("adapter_config.json").toString());
    }
}
