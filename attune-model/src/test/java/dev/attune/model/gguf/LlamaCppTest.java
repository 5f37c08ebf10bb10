package dev.attune.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.SmolLm2;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.safetensors.SafetensorsWriter;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Files that Attune writes, run by llama.cpp: the same tokens of a prompt and the same greedy text as in Attune. */
@Tag("shared")
class LlamaCppTest {
    private static final Path MODELS = Path.of(System.getProperty("attune.shared"), "models");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "tiny/llama,256",
        "tiny/llama3_rope_tied,256",
        "tiny/mistral,256",
        "tiny/qwen2,256",
        "tiny/phi3,256",
        "tiny/gpt2,256",
        "tiny/gpt_neox,256",
        "families/llama_yarn,259",
        "families/llama_linear_rope,259"
    })
    void everyFamily(String name, int vocabulary) throws IOException {
        Path model = LetterTokenizer.addTo(MODELS.resolve(name), folder.resolve("model"), vocabulary);
        List<String> prompts = List.of("Once upon a time,", "the cat sat on the mat and looked at 17 mice");
        assertEqualText(model, BlockFormat.F32, prompts, 40);
    }

    /** llama.cpp accepts Gemma 2 with the layers of a published size only: here 26, those of 2B. */
    @Test
    void gemma2() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("deep"));
        Path tiny = MODELS.resolve("tiny/gemma2");
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(tiny.resolve("config.json"));
        config.put("num_hidden_layers", 26).remove("layer_types");
        Files.writeString(deep.resolve("config.json"), config.toString());
        try (Scope scope = Scope.open();
                SafetensorsFile file = SafetensorsFile.open(tiny.resolve("model.safetensors"))) {
            Map<String, Tensor> weights = new LinkedHashMap<>();
            for (String name : file.names()) {
                for (int layer = 0; layer < 26; layer++) {
                    String prefix = "model.layers." + layer % 3 + ".";
                    String renamed = name.startsWith(prefix)
                            ? "model.layers." + layer + "." + name.substring(prefix.length())
                            : name;
                    if (name.startsWith(prefix) || !name.startsWith("model.layers.")) {
                        weights.put(renamed, file.readWeight(name));
                    }
                }
            }
            SafetensorsWriter.write(deep.resolve("model.safetensors"), weights, null);
        }
        Path model = LetterTokenizer.addTo(deep, folder.resolve("model"), 256);
        assertEqualText(model, BlockFormat.F32, List.of("the cat sat on the mat and looked at 17 mice"), 24);
    }

    private void assertEqualText(Path model, BlockFormat type, List<String> prompts, int newTokens) throws IOException {
        Path file = folder.resolve("model.gguf");
        GgufConversion.toGguf(model, file, type);
        List<LlamaCpp.Answer> answers = LlamaCpp.complete(file, newTokens, prompts);
        try (CausalLm attune = Checkpoints.loadCausal(model);
                Tokenizer tokenizer = HuggingFaceTokenizer.load(model)) {
            Generator generator = new Generator(attune, Set.copyOf(tokenizer.eosIds()), tokenizer::decode);
            for (int i = 0; i < prompts.size(); i++) {
                int[] ids = tokenizer.encodeWithSpecials(prompts.get(i));
                assertThat(answers.get(i).ids()).containsExactlyElementsOf(list(tokenizer.encode(prompts.get(i))));
                Generated own = generator
                        .generate(List.of(ids), SamplingOptions.greedy(newTokens), 0)
                        .get(0);
                assertThat(prompts.get(i) + answers.get(i).text())
                        .isEqualTo(tokenizer.decode(joined(ids, own.content())));
            }
        }
    }

    private static List<Integer> list(int[] ids) {
        return IntStream.of(ids).boxed().toList();
    }

    private static int[] joined(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    @ParameterizedTest
    @CsvSource({"F32", "F16", "BF16", "Q8_0"})
    void stories(BlockFormat type) throws IOException {
        List<String> prompts =
                List.of("Once upon a time, there was a little girl named Lily.", "Tom and his dog", "One day");
        assertEqualText(MODELS.resolve("stories260K"), type, prompts, 64);
    }

    /** The first tokens of five answers that transformers computes. In q8_0 llama.cpp also rounds the activations. */
    @Test
    void smolLm2() throws IOException {
        int newTokens = 32;
        Path file = folder.resolve("smollm2.gguf");
        GgufConversion.toGguf(SmolLm2.directory(), file, BlockFormat.F32);
        List<JsonNode> golden =
                SmolLm2.golden().get("greedy").valueStream().limit(5).toList();
        try (Tokenizer tokenizer = HuggingFaceTokenizer.load(SmolLm2.directory())) {
            List<String> prompts = new ArrayList<>();
            golden.forEach(one -> prompts.add(tokenizer.decodeRaw(ints(one.get("prompt_ids")))));
            List<LlamaCpp.Answer> answers = LlamaCpp.complete(file, newTokens, prompts);
            for (int i = 0; i < golden.size(); i++) {
                int[] expected = Arrays.stream(ints(golden.get(i).get("new_ids")))
                        .limit(newTokens)
                        .toArray();
                assertThat(answers.get(i).ids())
                        .containsExactlyElementsOf(list(ints(golden.get(i).get("prompt_ids"))));
                assertThat(answers.get(i).text()).isEqualTo(tokenizer.decode(expected));
            }
        }
    }

    private static int[] ints(JsonNode node) {
        return node.valueStream().mapToInt(JsonNode::asInt).toArray();
    }
}
