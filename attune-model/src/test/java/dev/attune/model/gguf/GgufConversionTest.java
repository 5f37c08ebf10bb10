package dev.attune.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.model.SmolLm2;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.safetensors.SafetensorsWriter;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.TokenBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models written as GGUF and read back, and models that GGUF cannot express. */
@Tag("shared")
class GgufConversionTest {
    private static final Path MODELS = Path.of(System.getProperty("attune.shared"), "models");

    @TempDir
    Path folder;

    private Path gguf(Path model, BlockFormat type) {
        Path file = folder.resolve("model.gguf");
        GgufConversion.toGguf(model, file, type);
        return file;
    }

    private Path back(Path file) {
        Path directory = folder.resolve("back");
        GgufConversion.fromGguf(file, directory, null);
        return directory;
    }

    private static Map<String, Tensor> weights(Path directory) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            file.names().forEach(name -> weights.put(name, file.readWeight(name)));
        }
        return weights;
    }

    private static double difference(Tensor one, Tensor other) {
        return one.minus(other).abs().max().item();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny/llama",
                "tiny/llama3_rope_tied",
                "tiny/mistral",
                "tiny/qwen2",
                "tiny/qwen3",
                "tiny/phi3",
                "tiny/gpt2",
                "tiny/gpt_neox",
                "families/llama_yarn",
                "families/granite",
                "families/olmo2",
                "families/mixtral",
                "families/qwen3_moe",
                "families/smollm3",
                "families/phi",
                "families/llama_linear_rope",
                "stories260K"
            })
    void weightsComeBackBitForBit(String name) {
        Path back = back(gguf(MODELS.resolve(name), BlockFormat.F32));
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> before = weights(MODELS.resolve(name));
            Map<String, Tensor> after = weights(back);
            assertThat(after.keySet()).containsExactlyInAnyOrderElementsOf(before.keySet());
            after.forEach((weight, value) ->
                    assertThat(value.sameValues(before.get(weight))).as(weight).isTrue());
        }
    }

    /** Logits of transformers, by the model that was read back: configuration, scaling and tied head are the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny/llama",
                "tiny/llama3_rope_tied",
                "tiny/mistral",
                "tiny/qwen2",
                "tiny/qwen3",
                "tiny/gemma2",
                "families/gemma3_text",
                "tiny/phi3",
                "tiny/gpt2",
                "tiny/gpt_neox",
                "families/llama_yarn",
                "families/granite",
                "families/olmo2",
                "families/mixtral",
                "families/qwen3_moe",
                "families/smollm3",
                "families/phi",
                "families/llama_linear_rope"
            })
    void logitsAreThoseOfTheOriginal(String name) {
        Path back = back(gguf(MODELS.resolve(name), BlockFormat.F32));
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                CausalLm model = Checkpoints.loadCausal(back);
                SafetensorsFile golden =
                        SafetensorsFile.open(MODELS.resolve(name).resolve("golden.safetensors"))) {
            Tensor mask = golden.read("attention_mask").toLong();
            Tensor logits = model.logits(new TokenBatch(golden.read("input_ids").toLong(), mask, null, null));
            Tensor apart = logits.minus(golden.read("logits")).abs();
            Tensor pads = mask.equalTo(0).unsqueeze(2).expand(apart.shape());
            assertThat(apart.maskedFill(pads, 0).max().item()).isLessThan(1e-4);
        }
    }

    /** Rows 0 4 1 5 2 6 3 7 of a head of 8; keys by the number of key heads, biases too. */
    @Test
    void rowsOfQueriesAndKeysAreInPairs() {
        try (Scope scope = Scope.open()) {
            Tensor bias = Tensor.arange(16).toFloat();
            Tensor paired = new Change.PairedRows(2).toGguf(bias);
            assertThat(paired.toFloats()).containsExactly(0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
            assertThat(new Change.PairedRows(2).fromGguf(paired).toFloats()).containsExactly(bias.toFloats());
            Path file = gguf(MODELS.resolve("stories260K"), BlockFormat.F32);
            Map<String, Tensor> before = weights(MODELS.resolve("stories260K"));
            try (GgufFile open = GgufFile.open(file)) {
                Tensor keys = before.get("model.layers.1.self_attn.k_proj.weight");
                Tensor stored = open.read("blk.1.attn_k.weight");
                assertThat(keys.shape()).containsExactly(32, 64);
                assertThat(stored.select(0, 9).sameValues(keys.select(0, 12))).isTrue();
                assertThat(stored.select(0, 30).sameValues(keys.select(0, 27))).isTrue();
                Tensor values = before.get("model.layers.1.self_attn.v_proj.weight");
                assertThat(open.read("blk.1.attn_v.weight").sameValues(values)).isTrue();
            }
        }
    }

    /** Qwen, Gemma, Phi-3 and GPT-2 have their rows in the order of Hugging Face. */
    @Test
    void rowsOfOtherFamiliesStay() {
        try (Scope scope = Scope.open();
                GgufFile open = GgufFile.open(gguf(MODELS.resolve("tiny/qwen3"), BlockFormat.F32))) {
            Tensor queries = weights(MODELS.resolve("tiny/qwen3")).get("model.layers.0.self_attn.q_proj.weight");
            assertThat(open.read("blk.0.attn_q.weight").sameValues(queries)).isTrue();
            assertThat(open.metadata().count("qwen3.attention.key_length")).isEqualTo(24);
            assertThat(open.metadata().count("qwen3.attention.value_length")).isEqualTo(24);
        }
    }

    @Test
    void gemmasNormsAreStoredPlusOne() {
        Path model = MODELS.resolve("tiny/gemma2");
        Path file = gguf(model, BlockFormat.F32);
        try (Scope scope = Scope.open();
                GgufFile open = GgufFile.open(file)) {
            String name = "model.layers.1.pre_feedforward_layernorm.weight";
            Tensor norm = weights(model).get(name);
            assertThat(difference(open.read("blk.1.ffn_norm.weight"), norm.plus(1)))
                    .isZero();
            assertThat(difference(weights(back(file)).get(name), norm)).isLessThan(1e-7);
        }
    }

    @Test
    void expertsAreStackedInTheirOrder() {
        Path model = MODELS.resolve("families/mixtral");
        try (Scope scope = Scope.open();
                GgufFile open = GgufFile.open(gguf(model, BlockFormat.Q8_0))) {
            assertThat(open.info("blk.1.ffn_up_exps.weight").shape()).containsExactly(4L, 128L, 64L);
            assertThat(open.info("blk.1.ffn_up_exps.weight").format()).isEqualTo(BlockFormat.Q8_0);
            assertThat(open.info("blk.1.ffn_gate_inp.weight").format()).isEqualTo(BlockFormat.F32);
            Tensor third = weights(model).get("model.layers.1.block_sparse_moe.experts.2.w3.weight");
            assertThat(difference(open.read("blk.1.ffn_up_exps.weight", 2), third))
                    .isLessThan(0.01);
        }
    }

    /** Readers take the head's width, 24, for query_pre_attn_scalar 256: the queries are smaller by sqrt(24 / 256). */
    @Test
    void gemmasScaleIsInTheQueriesOrRefused() {
        Path model = MODELS.resolve("tiny/gemma2");
        try (Scope scope = Scope.open();
                GgufFile open = GgufFile.open(gguf(model, BlockFormat.F32))) {
            Tensor queries = weights(model).get("model.layers.2.self_attn.q_proj.weight");
            assertThat(difference(open.read("blk.2.attn_q.weight"), queries.times(Math.sqrt(24.0 / 256))))
                    .isLessThan(1e-7);
        }
        refused("tiny/gemma2", BlockFormat.Q8_0, "query_pre_attn_scalar", "256 with heads of width 24", "--type f32");
    }

    private void refused(String name, BlockFormat type, String... parts) {
        Path file = folder.resolve("refused.gguf");
        assertThatThrownBy(() -> GgufConversion.toGguf(MODELS.resolve(name), file, type))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(parts);
        assertThat(file).doesNotExist();
    }

    @Test
    void whatGgufCannotExpressIsRefused() throws IOException {
        refused("tiny/mistral_sliding", BlockFormat.F32, "sliding_window", "8 in a context of 128");
        refused("tiny/llama_reward", BlockFormat.F32, "a reward model");
        refusedWith("tiny/gpt2", "\"scale_attn_weights\": true", "\"scale_attn_weights\": false", "scale_attn_weights");
        refusedWith("tiny/llama", "\"hidden_act\": \"silu\"", "\"hidden_act\": \"gelu\"", "activation");
        refusedWith(
                "families/llama_yarn",
                "\"factor\": 4.0",
                "\"factor\": 64.0, \"attention_factor\": 1.0",
                "rope_scaling",
                "attention_factor 1.0");
        refusedWith(
                "tiny/qwen2",
                "\"rope_type\": \"default\"",
                "\"rope_type\": \"dynamic\", \"factor\": 2.0",
                "rope_scaling",
                "dynamic");
    }

    private void refusedWith(String name, String from, String to, String... parts) throws IOException {
        Path copy = folder.resolve("changed");
        Files.createDirectories(copy);
        String config = Files.readString(MODELS.resolve(name).resolve("config.json"));
        assertThat(config).contains(from);
        Files.writeString(copy.resolve("config.json"), config.replace(from, to));
        Files.copy(
                MODELS.resolve(name).resolve("model.safetensors"),
                copy.resolve("model.safetensors"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        refused(copy.toString(), BlockFormat.F32, parts);
    }

    @Test
    void aTiedHeadIsNotWrittenAndOneOfItsOwnIs() {
        Path stories = MODELS.resolve("stories260K");
        Path file = gguf(stories, BlockFormat.F32);
        try (GgufFile open = GgufFile.open(file)) {
            assertThat(open.tensors()).hasSize(47).doesNotContainKey("output.weight");
        }
        assertThat(Checkpoints.config(back(file)).tied()).isTrue();
        Path drifted = folder.resolve("drifted");
        try (Scope scope = Scope.open()) { // config.json says that the head is tied, but the file has another one
            Map<String, Tensor> weights = weights(stories);
            weights.put(
                    "lm_head.weight", weights.get("model.embed_tokens.weight").times(1.5));
            Files.createDirectories(drifted);
            SafetensorsWriter.write(drifted.resolve("model.safetensors"), weights, null);
            for (String name : new String[] {"config.json", "tokenizer.json", "tokenizer_config.json"}) {
                Files.copy(stories.resolve(name), drifted.resolve(name));
            }
            file = gguf(drifted, BlockFormat.F32);
            try (GgufFile open = GgufFile.open(file)) {
                assertThat(open.read("output.weight").sameValues(weights.get("lm_head.weight")))
                        .isTrue();
            }
            Path again = back(file);
            assertThat(Checkpoints.config(again).tied()).isFalse();
            assertThat(weights(again).get("lm_head.weight").sameValues(weights.get("lm_head.weight")))
                    .isTrue();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aHeadThatRepeatsTheEmbeddingIsReadAsTied() {
        Path file = gguf(MODELS.resolve("tiny/gpt2"), BlockFormat.F32);
        try (GgufFile open = GgufFile.open(file)) { // readers of GPT-2 require it
            assertThat(open.sameData("output.weight", "token_embd.weight")).isTrue();
        }
        assertThat(Checkpoints.config(back(file)).tied()).isTrue();
    }

    @Test
    void llama3ScalingIsATensorOfDivisors() {
        try (Scope scope = Scope.open();
                GgufFile open = GgufFile.open(gguf(MODELS.resolve("tiny/llama3_rope_tied"), BlockFormat.F32))) {
            float[] divisors = open.read("rope_freqs.weight").toFloats();
            assertThat(divisors).hasSize(8);
            assertThat(divisors[0]).isEqualTo(1);
            assertThat(divisors[1]).isCloseTo(2.4423f, within(5e-5f));
            for (int k = 2; k < 8; k++) {
                assertThat(divisors[k]).isEqualTo(8);
            }
        }
    }

    /** 172 is no multiple of 32: ffn_down is float16, nothing is padded; norms stay float32. */
    @Test
    void rowsThatDoNotFillBlocks() {
        try (GgufFile open = GgufFile.open(gguf(MODELS.resolve("stories260K"), BlockFormat.Q8_0))) {
            open.tensors().forEach((name, tensor) -> assertThat(tensor.format())
                    .as(name)
                    .isEqualTo(
                            name.endsWith("ffn_down.weight")
                                    ? BlockFormat.F16
                                    : name.endsWith("norm.weight") ? BlockFormat.F32 : BlockFormat.Q8_0));
            assertThat(open.info("blk.0.ffn_down.weight").shape()).containsExactly(64L, 172L);
        }
    }

    @ParameterizedTest
    @CsvSource({"F16, FLOAT16", "BF16, BFLOAT16", "Q8_0, FLOAT32"})
    void theDirectoryHasTheExactTypeOfTheFile(BlockFormat type, DType expected) throws IOException {
        Path rounded = folder.resolve("rounded"); // weights that the 16-bit types hold exactly
        GgufConversion.retype(MODELS.resolve("stories260K"), rounded, DType.BFLOAT16);
        Path narrow = folder.resolve("narrow");
        GgufConversion.retype(rounded, narrow, expected == DType.FLOAT16 ? DType.FLOAT16 : DType.BFLOAT16);
        Path back = back(gguf(narrow, type));
        assertThat(back.resolve("config.json"))
                .content()
                .contains("\"dtype\" : \"" + expected.name().toLowerCase(java.util.Locale.ROOT) + "\"");
        if (expected != DType.FLOAT32) {
            assertThat(back.resolve("model.safetensors").toFile().length())
                    .isEqualTo(narrow.resolve("model.safetensors").toFile().length());
        }
        try (Scope scope = Scope.open()) {
            double tolerance = expected == DType.FLOAT32 ? 0.01 : 0;
            Map<String, Tensor> before = weights(narrow);
            weights(back).forEach((name, value) -> assertThat(difference(value, before.get(name)))
                    .as(name)
                    .isLessThanOrEqualTo(tolerance));
        }
    }

    @Test
    void valuesBeyondFloat16AreRefused() throws IOException {
        Path large = folder.resolve("large");
        Files.createDirectories(large);
        Files.copy(MODELS.resolve("tiny/llama/config.json"), large.resolve("config.json"));
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> weights = weights(MODELS.resolve("tiny/llama"));
            weights.get("model.layers.0.mlp.up_proj.weight").select(0, 1).fillInPlace(70_000);
            SafetensorsWriter.write(large.resolve("model.safetensors"), weights, DType.BFLOAT16);
        }
        refused(large.toString(), BlockFormat.F16, "blk.0.ffn_up.weight", "70144", "f16", "--type f32");
        Path out = folder.resolve("f16");
        assertThatThrownBy(() -> GgufConversion.retype(large, out, DType.FLOAT16))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("model.layers.0.mlp.up_proj.weight");
        try (var left = Files.list(folder)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly("large");
        }
        GgufConversion.toGguf(large, folder.resolve("bf16.gguf"), BlockFormat.BF16);
    }

    @Test
    void filesThatAreNoModelOfAttunesFamiliesAreRefused() {
        Path file = folder.resolve("other.gguf");
        refusedFile(file, new Metadata("").put("general.architecture", "bloom"), "'bloom'", "qwen3");
        refusedFile(file, new Metadata(""), "general.architecture", "nothing");
        refusedFile(file, new Metadata("").put("general.architecture", 7), "UINT32");
        Metadata split = new Metadata("").put("general.architecture", "llama").put("split.count", 3);
        refusedFile(file, split, "split.count", "3 files");
        refusedFile(file, new Metadata("").put("general.architecture", "llama"), "llama.embedding_length", "nothing");
    }

    private void refusedFile(Path file, Metadata metadata, String... parts) {
        GgufWriter.write(file, metadata, java.util.List.of());
        Path out = folder.resolve("never");
        assertThatThrownBy(() -> GgufConversion.fromGguf(file, out, null))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(parts);
        assertThat(out).doesNotExist();
    }

    /** A file made by llama.cpp: q4_1 and q8_0. Its 272 weights are those that transformers reads from it. */
    @Test
    void smolLm2OfLlamaCpp() throws IOException {
        Path back = folder.resolve("smollm2");
        Path file = SmolLm2.fixture().resolve("SmolLM2-135M-Instruct.Q4_1.gguf");
        GgufConversion.fromGguf(file, back, DType.BFLOAT16);
        try (SafetensorsFile expected = SafetensorsFile.open(SmolLm2.directory().resolve("model.safetensors"));
                SafetensorsFile found = SafetensorsFile.open(back.resolve("model.safetensors"))) {
            Set<String> names = new TreeSet<>(expected.names());
            assertThat(names).hasSize(272);
            assertThat(new TreeSet<>(found.names())).isEqualTo(names);
            for (String name : names) {
                try (Scope scope = Scope.open()) {
                    assertThat(found.read(name).sameValues(expected.read(name)))
                            .as(name)
                            .isTrue();
                }
            }
        }
        var config = Checkpoints.config(back);
        var original = Checkpoints.config(SmolLm2.directory());
        assertThat(config.attention()).isEqualTo(original.attention());
        assertThat(config.rope()).isEqualTo(original.rope());
        assertThat(config.mlp()).isEqualTo(original.mlp());
        assertThat(config.normEpsilon()).isEqualTo(original.normEpsilon());
        assertThat(config.maxPositions()).isEqualTo(8192);
        assertThat(config.tokens()).isEqualTo(original.tokens());
        try (Tokenizer before = Checkpoints.tokenizer(SmolLm2.directory());
                Tokenizer after = Checkpoints.tokenizer(back)) {
            assertThat(after.vocabulary()).isEqualTo(before.vocabulary());
            assertThat(after.controlTokens()).isEqualTo(before.controlTokens());
            assertThat(after.eosIds()).isEqualTo(before.eosIds());
            SmolLm2.golden().get("raw").forEach(raw -> {
                String text = raw.get("text").stringValue();
                assertThat(after.encodeWithSpecials(text)).isEqualTo(before.encodeWithSpecials(text));
            });
            var chat = java.util.List.of(dev.attune.core.text.Message.user("Why?"));
            assertThat(after.chatTemplate().render(chat, true))
                    .isEqualTo(before.chatTemplate().render(chat, true));
        }
    }
}
