package dev.attune.training.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.TinyDirectory;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Training is refused before its first step, by a line on the model rather than on the learning rate. */
class UnusableModelTrainingTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void makeModel() throws IOException {
        model = TinyDirectory.model(folder);
    }

    private Path copy(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (CausalLm weights = Checkpoints.loadCausal(model);
                Tokenizer tokenizer = Checkpoints.tokenizer(model)) {
            Checkpoints.saveCausal(copy, weights, tokenizer, DType.FLOAT32);
        }
        return copy;
    }

    private void change(Path directory, String regex, String replacement) throws IOException {
        Path file = directory.resolve("tokenizer.json");
        String json = Files.readString(file);
        String changed = json.replaceFirst(regex, Matcher.quoteReplacement(replacement));
        assertThat(changed).isNotEqualTo(json);
        Files.writeString(file, changed);
    }

    private static String addedToken(int id) {
        return "\"added_tokens\" : [ {\"id\": " + id + ", \"content\": \"<|im_start|>\", \"single_word\": false,"
                + " \"lstrip\": false, \"rstrip\": false, \"normalized\": false, \"special\": true}, ";
    }

    private String recipe(String method, Path policy) throws IOException {
        return switch (method) {
            case "sft" ->
                "method: sft\nmodel: " + policy + "\ndata: {path: " + TinyDirectory.completions(folder) + "}\n";
            case "reward" ->
                "method: reward\nmodel: " + policy + "\ndata: {path: " + TinyDirectory.pairs(folder) + "}\n";
            default ->
                "method: ppo\nmodel: " + policy + "\ndata: {path: " + TinyDirectory.prompts(folder)
                        + "}\nreward: [{class: " + Shouting.class.getName() + "}]\nbatch: {rollouts: 2, micro: 2}\n"
                        + "generation: {max_new_tokens: 2}\n";
        };
    }

    private void train(String recipe) throws IOException {
        new Training(RunListener.SILENT)
                .run(
                        RecipeReader.parse("recipe.yaml", recipe + "evaluate: {split: 0}\nsteps: 1\n", Map.of()),
                        folder.resolve("out"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "reward", "ppo"})
    void tokenIdsBeyondTheEmbedding(String method) throws IOException {
        Path grown = copy("grown");
        change(grown, "\"added_tokens\"\\s*:\\s*\\[", addedToken(258));

        assertThatThrownBy(() -> train(recipe(method, grown)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("ids up to 258 (258 is '<|im_start|>')")
                .hasMessageContaining("has 258 rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "reward", "ppo"})
    void weightsThatAreNotNumbers(String method) throws IOException {
        Path broken = folder.resolve("broken");
        try (CausalLm weights = Checkpoints.loadCausal(model);
                Tokenizer tokenizer = Checkpoints.tokenizer(model);
                NoGrad off = NoGrad.on()) {
            Objects.requireNonNull(weights.parameters().byName().get("model.norm.weight"))
                    .fillInPlace(Double.NaN);
            Checkpoints.saveCausal(broken, weights, tokenizer, DType.FLOAT32);
        }

        assertThatThrownBy(() -> train(recipe(method, broken)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(broken + ", weight model.norm.weight: found 16 NaN among its 16 values")
                .hasMessageNotContaining("learning_rate");
    }

    @Test
    void aReferenceWithAnotherTokenizer() throws IOException {
        Path swapped = copy("swapped");
        Path file = swapped.resolve("tokenizer.json");
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(file));
        ObjectNode vocabulary = (ObjectNode) json.get("model").get("vocab");
        int a = vocabulary.get("a").asInt();
        int b = vocabulary.get("b").asInt();
        vocabulary.put("a", b).put("b", a);
        Files.writeString(file, JsonMapper.shared().writeValueAsString(json));

        assertThatThrownBy(() -> train(recipe("ppo", model) + "reference: " + swapped + "\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("reference: " + swapped)
                .hasMessageContaining("token 'a' is " + a + " for the policy and " + b + " for the reference")
                .hasMessageContaining("name the model that the policy started from");
    }

    @Test
    void aReferenceWithoutATokenizerOfItsOwnNeedsTheRowsAlone() throws IOException {
        Path bare = copy("bare");
        Files.delete(bare.resolve("tokenizer.json"));

        assertThatCode(() -> train(recipe("ppo", model) + "reference: " + bare + "\n"))
                .doesNotThrowAnyException();
    }
}
