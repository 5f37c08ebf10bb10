package dev.attune.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.AdapterCheckpoints;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.safetensors.SafetensorsWriter;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.Checkpoint;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.TokenBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings and files of adapters on stories260K. */
@Tag("shared")
class StoriesAdapterTest {
    private static final String KEY = "base_model.model.model.layers.2.self_attn.q_proj.lora_B.weight";

    @TempDir
    private Path place;

    private Scope scope;
    private CausalLm base;
    private TokenBatch batch;

    @BeforeEach
    void open() {
        scope = Scope.open();
        base = Checkpoints.loadCausal(Checkpoint.shared("stories260K"));
        batch = TokenBatch.rightPadded(List.of(new int[] {1, 403, 407, 261, 378}, new int[] {1, 410}), 0);
    }

    @AfterEach
    void close() {
        base.close();
        scope.close();
    }

    private Adapter adapter(AdapterSpec spec) {
        return Adapter.create(base.asBase(), spec, 1);
    }

    @Test
    void allLinearIsThirtyFiveModules() {
        try (Adapter adapter = adapter(AdapterSpec.of(4))) {
            assertThat(adapter.modules()).hasSize(35);
            assertThat(adapter.describe())
                    .isEqualTo("LoRA of rank 4 on 35 modules: 23120 trained weights beside 260032 frozen ones");
        }
    }

    @Test
    void aListNamesEndsAndATextIsAnExpressionForTheWholeName() {
        try (Adapter list = adapter(AdapterSpec.of(4).withTargets(Targets.named("q_proj")));
                Adapter text = adapter(AdapterSpec.of(4).withTargets(Targets.text(".*\\.q_proj")))) {
            assertThat(list.modules()).hasSize(5);
            assertThat(text.modules()).isEqualTo(list.modules());
        }
        assertThatThrownBy(() -> adapter(AdapterSpec.of(4).withTargets(Targets.text("q_proj"))))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("'q_proj', a regular expression that fits the whole name of no module");
    }

    @Test
    void theFirstPatternThatFitsGivesRankAndAlpha() {
        AdapterSpec spec = AdapterSpec.of(4)
                .withAlpha(8)
                .withTargets(Targets.named("q_proj", "v_proj"))
                .withRanks(Map.of("q_proj", 2))
                .withAlphas(Map.of("layers.1.self_attn.q_proj", 16.0));
        assertThat(spec.scaleOf("model.layers.1.self_attn.q_proj")).isEqualTo(8);
        assertThat(spec.scaleOf("model.layers.0.self_attn.q_proj")).isEqualTo(4);
        assertThat(spec.scaleOf("model.layers.11.self_attn.q_proj")).isEqualTo(4);
        assertThat(spec.scaleOf("model.layers.1.self_attn.v_proj")).isEqualTo(2);
        Map<String, Integer> ordered = new LinkedHashMap<>();
        ordered.put(".*_proj", 3);
        ordered.put("q_proj", 2);
        assertThat(spec.withRanks(ordered).rankOf("model.layers.0.self_attn.q_proj"))
                .isEqualTo(3);
        assertThat(spec.withRanks(Map.of("proj", 3)).rankOf("model.layers.0.self_attn.q_proj"))
                .isEqualTo(4);
        assertThat(AdapterSpec.of(64).withAlpha(32).scaleOf("x")).isEqualTo(0.5);
        assertThat(AdapterSpec.of(64).withAlpha(32).withRankStabilized(true).scaleOf("x"))
                .isEqualTo(4);
        try (Adapter adapter = adapter(spec.withRanks(Map.of("q_porj", 2)))) {
            assertThat(adapter.warnings()).hasSize(1).first().asString().contains("rank_pattern", "q_porj");
        }
    }

    @Test
    void writtenNamesAreThoseOfPeft() {
        save(AdapterSpec.of(2).withDora(true).withTargets(Targets.named("q_proj", "embed_tokens")));
        try (SafetensorsFile file = SafetensorsFile.open(place.resolve(PeftFiles.WEIGHTS))) {
            Set<String> names = new TreeSet<>(file.names());
            String module = "base_model.model.model.layers.0.self_attn.q_proj.";
            assertThat(names)
                    .hasSize(5 * 3 + 3)
                    .contains(
                            module + "lora_A.weight",
                            module + "lora_B.weight",
                            module + "lora_magnitude_vector",
                            "base_model.model.model.embed_tokens.lora_embedding_A",
                            "base_model.model.model.embed_tokens.lora_embedding_B");
            assertThat(file.info(module + "lora_magnitude_vector").shape()).containsExactly(64L);
        }
    }

    @Test
    void nothingInAFileIsPassedOver() {
        assertRefused(
                tensors -> tensors.put(KEY.replace("q_proj", "q_porj"), tensors.get(KEY)), "q_porj", "fits no module");
        assertRefused(tensors -> tensors.remove(KEY), "no tensor " + KEY);
        assertRefused(tensors -> tensors.put(KEY, Tensor.zeros(64, 3)), KEY, "shape [64, 3]");
        assertRefused(tensors -> tensors.put(KEY, Tensor.full(Double.NaN, 64, 2)), KEY, "not finite");
        assertRefused(
                tensors -> tensors.put("base_model.model.lm_head.weight", Tensor.zeros(516, 64)),
                "lm_head",
                "shape [516, 64]",
                "[512, 64]");
        assertRefused(
                tensors -> tensors.put("base_model.model.lm_head.weight", Tensor.zeros(512, 64)),
                "lm_head",
                "modules_to_save");
    }

    private void assertRefused(Consumer<Map<String, Tensor>> change, String... message) {
        save(AdapterSpec.of(2).withTargets(Targets.named("q_proj")));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(place.resolve(PeftFiles.WEIGHTS))) {
            file.names().forEach(name -> tensors.put(name, file.read(name)));
        }
        change.accept(tensors);
        SafetensorsWriter.write(place.resolve(PeftFiles.WEIGHTS), tensors, null);
        assertThatThrownBy(() -> PeftFiles.load(place, base.asBase(), 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(message);
    }

    private void save(AdapterSpec spec) {
        try (Adapter adapter = adapter(spec)) {
            PeftFiles.save(place, adapter, "stories260K", DType.FLOAT32);
        }
    }

    @Test
    void settingsThatAttuneDoesNotHaveAreRefusedByName() throws IOException {
        save(AdapterSpec.of(2));
        Path file = place.resolve("adapter_config.json");
        String good = Files.readString(file);
        Map<String, String> wrong = Map.of(
                "\"bias\" : \"none\"", "\"bias\" : \"all\"",
                "\"peft_type\" : \"LORA\"", "\"peft_type\" : \"IA3\"",
                "\"init_lora_weights\" : true", "\"init_lora_weights\" : \"pissa\"",
                "\"use_dora\" : false", "\"trainable_token_indices\" : [3]",
                "\"use_rslora\" : false", "\"lora_bias\" : true");
        for (Map.Entry<String, String> change : wrong.entrySet()) {
            assertThat(good).contains(change.getKey());
            Files.writeString(file, good.replace(change.getKey(), change.getValue()));
            String key = change.getValue().split("\"")[1];
            assertThatThrownBy(() -> PeftFiles.load(place, base.asBase(), 1))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("key " + key);
        }
    }

    /** LoRA on the head of this tied model: the hidden states stay, and the merged file has a head of its own. */
    @Test
    void aMergedHeadIsWrittenUntied() throws IOException {
        try (CausalLm model = CausalLm.adapted(
                        base.asBase(), adapter(AdapterSpec.of(2).withTargets(Targets.named("lm_head"))));
                NoGrad off = NoGrad.on()) {
            model.parameters()
                    .byName()
                    .get("lm_head.lora_B.weight")
                    .select(0, 9)
                    .fillInPlace(1);
            Checkpoints.saveCausal(place, model, null, DType.FLOAT32);
            assertThat(Files.readString(place.resolve("config.json"))).contains("\"tie_word_embeddings\" : false");
            try (CausalLm merged = Checkpoints.loadCausal(place)) {
                assertThat(merged.parameters().byName()).containsKey("lm_head.weight");
                assertThat(merged.hidden(batch).sameValues(base.hidden(batch))).isTrue();
                assertThat(merged.logits(batch)
                                .minus(model.logits(batch))
                                .abs()
                                .max()
                                .item())
                        .isLessThan(1e-5);
            }
        }
    }

    @Test
    void aRewardModelIsTheSameAfterLoading() {
        var shape = base.asBase().asReward();
        try (RewardModel model = RewardModel.adapted(
                shape, Adapter.create(shape, AdapterSpec.of(4).withTargets(Targets.named("q_proj")), 1))) {
            float[] scores;
            try (NoGrad off = NoGrad.on()) {
                model.parameters().trained().timesInPlace(2);
                model.setRewardBias(0.25);
                scores = model.scores(batch).toFloats();
            }
            AdapterCheckpoints.save(place.resolve("adapter"), model, "stories260K", null, DType.FLOAT32);
            Checkpoints.saveReward(place.resolve("merged"), model, null, DType.FLOAT32);
            try (RewardModel loaded = AdapterCheckpoints.loadReward(place.resolve("adapter"), base, 1);
                    RewardModel merged = Checkpoints.loadReward(place.resolve("merged"));
                    NoGrad off = NoGrad.on()) {
                assertThat(loaded.scores(batch).toFloats()).isEqualTo(scores);
                assertThat(merged.scores(batch).toFloats())
                        .usingComparatorWithPrecision(1e-6f)
                        .containsExactly(scores);
                assertThat(merged.scores(batch).toFloats()[0]).isCloseTo(scores[0], within(1e-6f));
            }
        }
    }

    /** A directory with an adapter alone is the model that it makes of the base it names. */
    @Test
    void anAdaptersDirectoryIsReadAsAModel() {
        String named = Checkpoint.shared("stories260K").toString();
        var shape = base.asBase().asReward();
        try (CausalLm model = CausalLm.adapted(base.asBase(), adapter(AdapterSpec.of(2)));
                RewardModel reward = RewardModel.adapted(shape, Adapter.create(shape, AdapterSpec.of(2), 1))) {
            LowRankTest.shake(model);
            AdapterCheckpoints.save(place.resolve("policy"), model, named, null, DType.FLOAT32);
            AdapterCheckpoints.save(place.resolve("reward"), reward, named, null, DType.FLOAT32);
            AdapterCheckpoints.save(place.resolve("astray"), model, "no/such/base", null, DType.FLOAT32);
            assertThat(Checkpoints.isReward(place.resolve("policy"))).isFalse();
            assertThat(Checkpoints.isReward(place.resolve("reward"))).isTrue();
            try (CausalLm read = Checkpoints.loadCausal(place.resolve("policy"));
                    RewardModel scoring = Checkpoints.loadReward(place.resolve("reward"));
                    Tokenizer tokenizer = Checkpoints.tokenizer(place.resolve("policy"));
                    NoGrad off = NoGrad.on()) {
                assertThat(read.logits(batch)
                                .minus(model.logits(batch))
                                .abs()
                                .max()
                                .item())
                        .isLessThan(1e-4);
                assertThat(scoring.scores(batch)
                                .minus(reward.scores(batch))
                                .abs()
                                .max()
                                .item())
                        .isLessThan(1e-6);
                assertThat(tokenizer.vocabularySize()).isEqualTo(512);
            }
            assertThatThrownBy(() -> Checkpoints.loadCausal(place.resolve("astray")))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("base_model_name_or_path")
                    .hasMessageContaining("no/such/base");
        }
    }
}
