package dev.attune.training.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.settings.YamlTree;
import dev.attune.model.config.RewardPooling;
import dev.attune.training.kl.KlEstimator;
import dev.attune.training.ppo.PpoRecipe;
import dev.attune.training.ppo.PpoSettings;
import dev.attune.training.recipe.EnvironmentSettings;
import dev.attune.training.recipe.KlSettings;
import dev.attune.training.recipe.ModelSource;
import dev.attune.training.recipe.Precision;
import dev.attune.training.recipe.PrecisionSettings;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RewardSource;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.recipe.StageReferences;
import dev.attune.training.reward.ComparisonSettings;
import dev.attune.training.reward.HeadSettings;
import dev.attune.training.reward.RewardRecipe;
import dev.attune.training.reward.Trainable;
import dev.attune.training.sft.DemonstrationSettings;
import dev.attune.training.sft.SftRecipe;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeReaderTest {
    private static final String PPO = """
            method: ppo                   # a comment
            model: runs/sft/model
            reward:
              - {model: runs/reward/model, weight: 1.0}
              - {class: com.acme.Polite, weight: 0.2}
            data: {path: prompts.jsonl, format: prompts, on_fault: drop}
            generation: {max_new_tokens: 48, temperature: 1.0}
            batch: {rollouts: 64, micro: 16}
            critic: {init: reward, shared: false}
            ppo: {epochs: 4, minibatches: 1, clip: 0.2, value_clip: 0.2, gamma: 1.0, lambda: 0.95, value_coefficient: 0.1, entropy_coefficient: 0.0, missing_eos: -1.0}
            kl: {placement: reward, coefficient: 0.05, estimator: k1, target: null, horizon: 10000}
            optimizer: {learning_rate: 1e-5, epsilon: 1e-5, schedule: linear, max_grad_norm: 1.0}
            evaluate: {every: 20, data: held-out.jsonl}
            checkpoint: {every: 20, keep: 2}
            rollouts: {every: 10, keep: 64}
            plugins: [my-rewards.jar]
            steps: 100
            seed: 7
            """;

    private static final String GAME = """
            method: ppo
            model: runs/rules/model
            environment:
              name: tic-tac-toe
              settings: {random: 1, frozen: 0.5}
              model: stage:before
              on_fault: fail
            """;

    @Test
    void aRewardRecipeSaysWhatTheHeadReadsAndWhatIsTrained() {
        String text = "method: reward\nmodel: m\ndata: {path: p.jsonl}\n";
        RewardRecipe usual = (RewardRecipe) single(text, Map.of());
        assertThat(usual.head()).isEqualTo(HeadSettings.DEFAULT);
        assertThat(usual.trainable()).isEqualTo(Trainable.Part.ALL);

        RewardRecipe probe = (RewardRecipe)
                single(text + "head: {pooling: mean, layer: 19, standardize: true}\ntrainable: head\n", Map.of());
        assertThat(probe.head()).isEqualTo(new HeadSettings(RewardPooling.MEAN, 19, true));
        assertThat(probe.trainable()).isEqualTo(Trainable.Part.HEAD);
        assertThat(single(RecipeWriter.yaml(probe), Map.of())).isEqualTo(probe);

        RewardRecipe layers = (RewardRecipe) single(text, Map.of("trainable.last_layers", "4"));
        assertThat(layers.trainable()).isEqualTo(new Trainable.LastLayers(4));
        assertThat(single(RecipeWriter.yaml(layers), Map.of())).isEqualTo(layers);

        assertThatThrownBy(() -> single(text + "trainable: body\n", Map.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("'body' for 'trainable', expected all or head, or {last_layers: N}");
        assertThatThrownBy(() -> single(text + "trainable: {layers: 4}\n", Map.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no 'trainable.last_layers'");
        assertThatThrownBy(() -> single(text + "head: {pooling: max}\n", Map.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("'max' for 'head.pooling', expected last or mean");
    }

    @Test
    void anEnvironmentTakesThePlaceOfDataAndReward() {
        PpoRecipe recipe = (PpoRecipe) single(GAME, Map.of("ppo.credit", "turn"));
        assertThat(recipe.environment())
                .isEqualTo(new EnvironmentSettings(
                        "tic-tac-toe",
                        Map.of("random", "1", "frozen", "0.5"),
                        "stage:before",
                        32,
                        10,
                        4000,
                        EnvironmentSettings.OnFault.FAIL));
        assertThat(recipe.data()).isNull();
        assertThat(recipe.ppo().credit()).isEqualTo(PpoSettings.Credit.TURN);
        assertThat(recipe.ppo().missingEos())
                .as("an action misses no end token")
                .isNull();
        assertThat(single(RecipeWriter.yaml(recipe), Map.of())).isEqualTo(recipe);
        assertThat(StageReferences.of(YamlTree.parse("r.yaml", GAME))).containsExactly("before");
        assertRefused(GAME + "data: {path: a.jsonl}\n", "the environment gives the states");
        assertRefused(GAME + "ppo: {clip_reward: 1}\n", "ppo.clip_reward");
        assertRefused(GAME + "ppo: {missing_eos: -1}\n", "ppo.missing_eos");
        assertRefused(GAME + "reward: [{class: A}]\n", "the environment gives the rewards");
        assertRefused(GAME.replace("  name: tic-tac-toe\n", ""), "environment.name");
        assertRefused(GAME.replace("{random: 1, frozen: 0.5}", "[1]"), "environment.settings");
        assertRefused(GAME.replace("on_fault: fail", "on_fault: drop"), "end or fail");
    }

    @Test
    void demonstrationsTakeThePlaceOfData() {
        String text = "method: sft\nmodel: base\ndemonstrations: {environment: guessing, count: 5}\n";
        SftRecipe recipe = (SftRecipe) single(text, Map.of());
        assertThat(recipe.demonstrations()).isEqualTo(new DemonstrationSettings("guessing", Map.of(), 5));
        assertThat(single(RecipeWriter.yaml(recipe), Map.of())).isEqualTo(recipe);
        assertRefused(text + "data: {path: a.jsonl}\n", "the demonstrations are the data");
        assertRefused(text.replace("environment: guessing, ", ""), "demonstrations.environment");
    }

    @Test
    void precisionIsThatOfProductsAndSaveDtypeThatOfTheFile() {
        String text = "method: sft\nmodel: m\ndata: {path: p.jsonl}\n";
        assertThat(single(text, Map.of()).precision()).isEqualTo(new PrecisionSettings(Precision.F32, Precision.F32));
        Recipe recipe = single(text + "precision: bf16\nsave_dtype: f16\n", Map.of());
        assertThat(recipe.precision()).isEqualTo(new PrecisionSettings(Precision.BF16, Precision.F16));
        assertThat(single(RecipeWriter.yaml(recipe), Map.of())).isEqualTo(recipe);
        assertRefused(text + "precision: f16\n", "save_dtype: f16");
    }

    @Test
    void readsTheDesignsRecipe() {
        PpoRecipe recipe = (PpoRecipe) single(PPO, Map.of());
        assertThat(recipe.reference()).isEqualTo("runs/sft/model");
        assertThat(recipe.reward().get(1))
                .isEqualTo(new RewardSource(null, "com.acme.Polite", null, null, null, 0.2, null, null, null));
        assertThat(recipe.ppo()).isEqualTo(PpoSettings.DEFAULT);
        assertThat(recipe.kl()).isEqualTo(KlSettings.DEFAULT);
        assertThat(recipe.optimizer().learningRate()).isEqualTo(1e-5);
        assertThat(recipe.plugins()).containsExactly("my-rewards.jar");
        assertThat(recipe.seed()).isEqualTo(7);
    }

    @Test
    void theCompleteRecipeReadsBackAsItself() {
        for (String text : new String[] {
            PPO,
            "method: sft\nmodel: base\ndata: {path: a.jsonl}\n",
            "method: sft\nmodel: {tokenizer: t, width: 64, heads: 4}\ndata: {path: a.jsonl}\n",
            "method: reward\nmodel: {vocabulary: 300, initializer_range: 0.1}\ndata: {path: a.jsonl}\n",
            "method: reward\nmodel: base\ndata: {path: 'no: 1.jsonl', pairs: best, format: hh, precedence: [harmless, helpful]}\n"
        }) {
            Recipe recipe = single(text, Map.of());
            assertThat(single(RecipeWriter.yaml(recipe), Map.of())).isEqualTo(recipe);
        }
    }

    @Test
    void nullSwitchesOffWhatIsOnByDefault() {
        PpoRecipe recipe = (PpoRecipe)
                single(PPO, Map.of("ppo.missing_eos", "null", "ppo.value_clip", "", "optimizer.max_grad_norm", "~"));
        assertThat(recipe.ppo().missingEos()).isNull();
        assertThat(recipe.ppo().valueClip()).isNull();
        assertThat(recipe.optimizer().maxGradNorm()).isNull();
        assertThat(single(RecipeWriter.yaml(recipe), Map.of())).isEqualTo(recipe);
    }

    @Test
    void rewardsCanHaveNames() {
        PpoRecipe recipe = (PpoRecipe) single(PPO, Map.of("reward.0.name", "judge"));
        assertThat(recipe.reward()).extracting(RewardSource::name).containsExactly("judge", null);
        assertThat(single(RecipeWriter.yaml(recipe), Map.of())).isEqualTo(recipe);
        assertThatThrownBy(() -> single(PPO, Map.of("reward.0.name", "a", "reward.1.name", "a")))
                .hasMessageContaining("found the name 'a' twice for 'reward'");
        assertThatThrownBy(() -> single(PPO, Map.of("reward.0.name", "a/b"))).hasMessageContaining("'a/b'");
    }

    @Test
    void overridesReachSectionsAndListItems() {
        PpoRecipe recipe =
                (PpoRecipe) single(PPO, Map.of("kl.estimator", "k3", "reward.1.weight", "2.5", "steps", "5"));
        assertThat(recipe.kl().estimator()).isEqualTo(KlEstimator.K3);
        assertThat(recipe.reward().get(1).weight()).isEqualTo(2.5);
        assertThat(recipe.steps()).isEqualTo(5);
    }

    @Test
    void anUnknownKeyNamesFileLineAndTheNearestOne() {
        assertRefused(PPO.replace("lambda: 0.95", "lamda: 0.95"), "r.yaml:10: found the unknown key 'ppo.lamda'");
        assertRefused(PPO.replace("lambda: 0.95", "lamda: 0.95"), "did you mean 'ppo.lambda'?");
        assertRefused(PPO.replace("steps:", "step:"), "r.yaml:17: found the unknown key 'step'");
    }

    @Test
    void wrongValuesNameWhatWasExpected() {
        assertRefused(
                PPO.replace("gamma: 1.0", "gamma: 1.5"),
                "r.yaml:10: found '1.5' for 'ppo.gamma', expected a number of at least 0 and at most 1");
        assertRefused(PPO.replace("steps: 100", "steps: many"), "found 'many' for 'steps', expected a whole number");
        assertRefused(PPO.replace("estimator: k1", "estimator: k4"), "expected k1 or k2 or k3");
        assertRefused(PPO.replace("method: ppo", "method: pppo"), "did you mean 'ppo'?");
        assertRefused(PPO.replace("placement: reward", "placement: loss"), "k1 has no gradient in expectation");
        assertRefused(PPO.replace("seed: 7", "seed: 7\nseed: 8"), "seed");
        assertRefused("method: ppo\nmodel: [\n", "r.yaml");
        assertRefused("", "an empty file");
        assertRefused("just words", "a section of keys");
        assertRefused("method: sft\nmodel: m\n", "data.path");
    }

    @Test
    void aRequiredGateNeedsHeldOutPairs() {
        String text = "method: reward\nmodel: base\ndata: {path: a.jsonl}\ngate: {require: true}\n";
        assertThat(single(text, Map.of())).isInstanceOf(RewardRecipe.class);
        assertThat(single(text, Map.of("evaluate.split", "0", "evaluate.data", "b.jsonl")))
                .isInstanceOf(RewardRecipe.class);
        assertRefused(text + "evaluate: {split: 0}\n", "r.yaml:4: found require: true for 'gate'");
    }

    @Test
    void theWarmUpIsStepsOrAShareOfThem() {
        PpoRecipe steps = (PpoRecipe) single(PPO, Map.of("optimizer.warm_up", "10"));
        assertThat(steps.optimizer().schedule(100)).isEqualTo(new Schedule(Schedule.Shape.LINEAR, 10, 100));
        PpoRecipe ratio = (PpoRecipe)
                single(PPO, Map.of("optimizer.warm_up_ratio", "0.03", "optimizer.warm_up_style", "transformers"));
        assertThat(ratio.optimizer().schedule(50))
                .isEqualTo(new Schedule(Schedule.Shape.LINEAR, Schedule.WarmUp.TRANSFORMERS, 2, 50));
        assertThat(single(RecipeWriter.yaml(ratio), Map.of())).isEqualTo(ratio);
        assertRefused(
                PPO.replace("schedule: linear", "warm_up: 3, warm_up_ratio: 0.1"),
                "r.yaml:12: found a ratio in addition to warm_up: 3 for 'optimizer.warm_up_ratio'");
        assertRefused(PPO.replace("schedule: linear", "warm_up_style: hf"), "attune or transformers");
    }

    @Test
    void aHorizonThatCouldTurnTheKlCoefficientNegativeIsRefused() {
        String adaptive = PPO.replace("target: null, horizon: 10000", "target: 6, horizon: 12.8");
        assertRefused(adaptive, "r.yaml:11: found horizon 12.8 for 'kl', expected a kl.horizon above a fifth");
        assertRefused(adaptive, "which are 64");
        assertThat(single(adaptive, Map.of("kl.horizon", "13"))).isInstanceOf(PpoRecipe.class);
        assertThat(single(adaptive, Map.of("kl.target", "null"))).isInstanceOf(PpoRecipe.class);
    }

    @Test
    void aFreshModelTakesItsTokenizerFromADirectoryOrFromTheData() {
        String text = "method: reward\nmodel: {vocabulary: 300}\ndata: {path: a.jsonl}\n";
        ModelSource.Fresh fresh = (ModelSource.Fresh) single(text, Map.of()).model();
        assertThat(fresh.tokenizer()).isNull();
        assertThat(fresh.vocabulary()).isEqualTo(300);
        assertThat(fresh.initializerRange()).isEqualTo(0.02);
        assertRefused(text.replace("{", "{tokenizer: t, "), "'300' together with a tokenizer for 'model.vocabulary'");
        assertRefused(text.replace("vocabulary: 300", "width: 64"), "either tokenizer: DIR or vocabulary: N");
        assertRefused(text.replace("300", "200"), "a whole number of at least 261");
    }

    @Test
    void tokenDropoutIsOffUnlessAskedForAndNeverWhole() {
        String text = "method: reward\nmodel: base\ndata: {path: a.jsonl}\n";
        assertThat(((RewardRecipe) single(text, Map.of())).comparison()).isEqualTo(ComparisonSettings.DEFAULT);
        RewardRecipe half = (RewardRecipe) single(text, Map.of("comparison.token_dropout", "0.5"));
        assertThat(half.comparison().tokenDropout()).isEqualTo(0.5);
        assertRefused(text + "comparison: {token_dropout: 1}\n", "comparison.token_dropout");
    }

    @Test
    void filtersAreRefusedUnlessAllowed() {
        String filtered = PPO.replace("temperature: 1.0}", "temperature: 1.0, top_p: 0.9}");
        assertRefused(filtered, "allow_biased_sampling");
        PpoRecipe allowed = (PpoRecipe) single(filtered, Map.of("generation.allow_biased_sampling", "true"));
        assertThat(allowed.generation().options().biased()).isTrue();
    }

    @Test
    void stagesReferToEarlierOnesAndShareASeed() {
        String text = """
                seed: 3
                stages:
                  - {name: reward, method: reward, model: base, data: {path: a.jsonl}}
                  - {name: ppo, method: ppo, model: base, reward: [{model: 'stage:reward'}], data: {path: p.jsonl}}
                """;
        RecipeFile.Staged staged =
                (RecipeFile.Staged) RecipeReader.parse("r.yaml", text, Map.of("ppo.kl.coefficient", "0"));
        PpoRecipe ppo = (PpoRecipe) staged.stages().get(1).recipe();
        assertThat(ppo.kl().coefficient()).isZero();
        assertThat(ppo.seed()).isEqualTo(3);
        assertThat(StageReferences.of(staged.stages().get(1).tree())).containsExactly("reward");
        PpoRecipe resolved =
                (PpoRecipe) RecipeReader.resolved(staged.stages().get(1), Map.of("reward", "out/reward/model"))
                        .recipe();
        assertThat(resolved.reward().get(0).model()).isEqualTo("out/reward/model");
        assertRefused(text.replace("stage:reward", "stage:sft"), "found stage:sft");
        assertRefused(text.replace("name: ppo", "name: reward"), "a second stage 'reward'");
    }

    private static void assertRefused(String text, String part) {
        assertThatThrownBy(() -> RecipeReader.parse("r.yaml", text, Map.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(part)
                .hasMessageNotContaining("\n");
    }

    private static Recipe single(String text, Map<String, String> overrides) {
        return ((RecipeFile.Single) RecipeReader.parse("r.yaml", text, overrides)).recipe();
    }
}
