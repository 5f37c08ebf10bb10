package dev.attune.cli.serve;

import static dev.attune.cli.serve.Served.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.json.Json;
import dev.attune.model.adapter.Adapter;
import dev.attune.model.adapter.AdapterSpec;
import dev.attune.model.checkpoint.AdapterCheckpoints;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.serve.local.DirectoryOptions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Known faults of servers that a model without a template, with a beginning token and with byte tokens shows; adapters. */
@Tag("shared")
class StoryModelServedTest {
    private static final Path MODEL = Path.of(System.getProperty("attune.shared"), "models", "stories260K");

    @TempDir
    static Path folder;

    private static Served server;

    @BeforeAll
    static void start() {
        server = new Served(
                MODEL,
                DirectoryOptions.of("m").withAdapters(Map.of("ada", adapter("ada", 1), "adb", adapter("adb", 2))));
    }

    private static Path adapter(String name, int seed) {
        Path directory = folder.resolve(name);
        try (CausalLm base = Checkpoints.loadCausal(MODEL);
                CausalLm adapted =
                        CausalLm.adapted(base.asBase(), Adapter.create(base.asBase(), AdapterSpec.of(4), seed))) {
            try (Scope scope = Scope.open();
                    NoGrad off = NoGrad.on()) {
                adapted.parameters()
                        .byName()
                        .values()
                        .forEach(weight -> weight.copyInPlace(Tensor.arange(weight.count())
                                .toFloat()
                                .plus((double) seed)
                                .sin()
                                .times(0.2)
                                .reshape(weight.shape())));
            }
            AdapterCheckpoints.save(directory, adapted, MODEL.toString(), null, DType.FLOAT32);
        }
        return directory;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theBeginningTokenStandsOnce() {
        JsonNode ofText = server.ask(text("{'prompt':'Once upon a time'}"));
        JsonNode ofIds = server.ask(text("{'prompt':[1,403,407,261,378]}"));
        assertThat(ofText.at("/usage/prompt_tokens").asInt()).isEqualTo(5);
        assertThat(ofIds.at("/usage/prompt_tokens").asInt()).isEqualTo(5);
        assertThat(ofIds.get("choices")).isEqualTo(ofText.get("choices"));
    }

    @Test
    void promptsHaveLogProbabilities() {
        String body = "{'prompt':'Once upon a time','echo':true,'logprobs':1,'max_tokens':0}";
        JsonNode first = server.ask(text(body)).at("/choices/0");
        double[] expected = {-0.243744, -0.017513, -0.01211, -0.000724};
        JsonNode logProbs = first.at("/logprobs/token_logprobs");
        assertThat(logProbs).hasSize(5);
        assertThat(logProbs.get(0).isNull()).isTrue();
        for (int i = 0; i < 4; i++) {
            assertThat(logProbs.get(i + 1).asDouble()).isCloseTo(expected[i], within(1e-4));
        }
        assertThat(first.get("text").asString()).isEqualTo("Once upon a time");
        assertThat(server.ask(text(body)).at("/choices/0")).isEqualTo(first);
    }

    @Test
    void bytesThatAreNoTextBecomeReplacementCharacters() {
        assertThat(server.said(text("{'logit_bias':{'243':100},'max_tokens':2}")))
                .contains("\uFFFD");
        assertThat(server.said(text("{'prompt':'Once upon a time'}"))).startsWith(",");
    }

    @Test
    void tooLongPromptsAndAnswersAreRefused() {
        String ids = IntStream.range(0, 600).mapToObj(i -> "403").collect(Collectors.joining(","));
        HttpResponse<String> refused = server.post("/v1/completions", text("{'prompt':[" + ids + "]}"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Json.tree(refused.body()).at("/error/code").asString()).isEqualTo("context_length_exceeded");
        assertThat(refused.body()).contains("512", "600");
        assertThat(server.post("/v1/completions", text("{'max_tokens':100000000}"))
                        .statusCode())
                .isEqualTo(400);
        int rest = 512 - server.ask(text()).at("/usage/prompt_tokens").asInt();
        assertThat(server.post("/v1/completions", text("{'max_tokens':" + rest + "}"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.post("/v1/completions", text("{'max_tokens':" + (rest + 1) + "}"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void adaptersAreChosenByRequestAndShareNoPrefix() {
        String prompt = "'prompt':'" + "Once upon a time there was a dog. ".repeat(25) + "','max_tokens':24";
        String base = server.said(text("{" + prompt + "}"));
        String ada = server.said(text("{'model':'ada'," + prompt + "}"));
        String adb = server.said(text("{'model':'adb'," + prompt + "}"));
        assertThat(ada).isNotEqualTo(base).isNotEqualTo(adb);
        assertThat(server.said(text("{'model':'ada'," + prompt + "}"))).isEqualTo(ada);
        assertThat(server.said(text("{" + prompt + "}"))).isEqualTo(base);
        assertThat(server.ask(text("{'model':'ada'}")).get("model").asString()).isEqualTo("ada");
    }

    @Test
    void conversationsNeedATemplate() {
        HttpResponse<String> refused = server.post("/v1/chat/completions", Served.chat());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("template");
    }
}
