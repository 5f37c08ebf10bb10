package dev.attune.training.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import dev.attune.training.TinyDirectory;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FinishedModelTest {
    private static final int END = 1;
    private static final int END_OF_TURN = 3;

    @TempDir
    private Path folder;

    private JsonNode generationConfig(Path model, String template) throws Exception {
        String recipe = "method: sft\nmodel: " + model + "\ntemplate: " + template + "\ndata: {path: "
                + TinyDirectory.completions(folder)
                + ", max_length: 48}\nbatch: {rows: 4, micro: 4}\nsteps: 1\nevaluate: {split: 0}\nseed: 5\n";
        Path trained = new Training(RunListener.SILENT)
                .run(RecipeReader.parse("r.yaml", recipe, Map.of()), folder.resolve(template));
        return Json.readTree(trained.resolve("generation_config.json"));
    }

    /** Else transformers would generate past the end of the turn that the model learned. */
    @Test
    void theEndOfTheTemplatesTurnEndsGenerationInOtherReadersToo() throws Exception {
        Path model = TinyDirectory.model(folder, List.of("<|im_start|>", "<|im_end|>"));
        assertThat(generationConfig(model, "plain").get("eos_token_id").asInt()).isEqualTo(END);
        assertThat(generationConfig(model, "chatml")
                        .get("eos_token_id")
                        .valueStream()
                        .map(JsonNode::asInt))
                .containsExactly(END, END_OF_TURN);
    }

    @Test
    void whatTheModelsOwnFileSaysElseStays() throws Exception {
        Path model = TinyDirectory.model(folder, List.of("<|im_start|>", "<|im_end|>"));
        Files.writeString(
                model.resolve("generation_config.json"),
                "{\"do_sample\": true, \"temperature\": 0.6, \"eos_token_id\": [2, 1]}");
        JsonNode config = generationConfig(model, "chatml");
        assertThat(config.get("temperature").asDouble()).isEqualTo(0.6);
        assertThat(config.get("eos_token_id").valueStream().map(JsonNode::asInt))
                .containsExactlyInAnyOrder(2, END, END_OF_TURN);
    }
}
