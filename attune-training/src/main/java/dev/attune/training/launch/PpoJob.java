package dev.attune.training.launch;

import dev.attune.core.environment.EnvironmentProvider;
import dev.attune.core.environment.EnvironmentSetup;
import dev.attune.core.provenance.DataSource;
import dev.attune.core.provenance.Parent;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardNames;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.model.local.LocalTextModel;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.training.ppo.PpoOptions;
import dev.attune.training.ppo.PpoTrainer;
import dev.attune.training.recipe.CriticSettings;
import dev.attune.training.recipe.EnvironmentSettings;
import dev.attune.training.recipe.ModelSource;
import dev.attune.training.recipe.PpoRecipe;
import dev.attune.training.recipe.RewardSource;
import dev.attune.training.recipe.RolloutSettings;
import dev.attune.training.reward.RewardModelFunction;
import dev.attune.training.run.RunDirectory;
import dev.attune.training.run.RunListener;
import dev.attune.training.run.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/** PPO of a policy against the reward functions of a recipe. */
final class PpoJob implements Job {
    private final PpoRecipe recipe;
    private final CausalLm policy;
    private final Tokenizer tokenizer;
    private final PpoTrainer trainer;
    private final List<DataSource> data;
    private final List<Parent> parents;
    private final Deque<AutoCloseable> opened;

    private PpoJob(
            PpoRecipe recipe,
            CausalLm policy,
            Tokenizer tokenizer,
            PpoTrainer trainer,
            List<DataSource> data,
            List<Parent> parents,
            Deque<AutoCloseable> opened) {
        this.recipe = recipe;
        this.policy = policy;
        this.tokenizer = tokenizer;
        this.trainer = trainer;
        this.data = data;
        this.parents = parents;
        this.opened = opened;
    }

    static PpoJob open(PpoRecipe recipe, RunListener listener) throws IOException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        List<Parent> parents = new ArrayList<>();
        ResolvedModel model = resolve(((ModelSource.Stored) recipe.model()).location(), "model", parents);
        ResolvedModel referenceModel = resolve(recipe.reference(), "reference", parents);
        Tokenizer tokenizer = opening(opened, model.tokenizerOfModel());
        TokenizerMatch.requireForReference(tokenizer, referenceModel.directory());
        ConversationEncoder encoder =
                ConversationEncoder.of(tokenizer, recipe.conversation().options());
        CausalLm policy = opening(opened, Checkpoints.loadCausal(model.directory()));
        RecipePrecision.require(recipe, policy.config());
        CausalLm reference = opening(
                opened, Checkpoints.loadCausal(referenceModel.directory(), RecipePrecision.storageOfFrozen(recipe)));
        PpoTrainer.Builder builder = PpoTrainer.builder(policy, tokenizer)
                .reference(reference)
                .encoder(encoder)
                .options(PpoOptions.of(recipe));
        List<DataSource> sources = List.of();
        if (recipe.environment() == null) {
            RunData data = RunData.readPrompts(
                    Objects.requireNonNull(recipe.data()), recipe.evaluate(), recipe.seed(), encoder, listener);
            builder.prompts(data.train().prompts()).heldOut(data.heldOutSet().prompts());
            addRewards(recipe, tokenizer, builder, parents, opened);
            sources = data.sources();
        } else {
            addEnvironment(recipe.environment(), recipe.plugins(), builder, parents, opened);
        }
        PpoTrainer trainer = opening(opened, builder.build());
        return new PpoJob(recipe, policy, tokenizer, trainer, sources, parents, opened);
    }

    private static void addEnvironment(
            EnvironmentSettings settings,
            List<String> plugins,
            PpoTrainer.Builder builder,
            List<Parent> parents,
            Deque<AutoCloseable> opened)
            throws IOException {
        EnvironmentProvider provider = opening(opened, new Plugins(plugins)).environment(settings.name());
        String model = settings.model();
        if (model == null) {
            builder.environment(provider.prepare(new EnvironmentSetup(settings.settings(), null)), settings);
            return;
        }
        Path directory = resolve(model, "environment", parents).directory();
        try (LocalTextModel other = LocalTextModel.open(directory)) {
            builder.environment(provider.prepare(new EnvironmentSetup(settings.settings(), other)), settings);
        }
    }

    private static void addRewards(
            PpoRecipe recipe,
            Tokenizer policyTokenizer,
            PpoTrainer.Builder builder,
            List<Parent> parents,
            Deque<AutoCloseable> opened)
            throws IOException {
        Plugins classes = opening(opened, new Plugins(recipe.plugins()));
        boolean criticNeeded = recipe.critic().init() == CriticSettings.Init.REWARD;
        for (RewardSource source : recipe.reward()) {
            String model = source.model();
            if (model == null) {
                RewardFunction function = classes.named(String.valueOf(source.className()));
                builder.reward(source.nameOr(function.name()), function, source.weight());
                continue;
            }
            Path directory = resolve(model, "reward", parents).directory();
            LocalScoringModel scoring = opening(
                    opened,
                    LocalScoringModel.open(
                            directory,
                            recipe.conversation().options().withTemplate(source.template()),
                            recipe.conversation().template(),
                            recipe.batch().micro(),
                            RecipePrecision.storageOfFrozen(recipe)));
            String name = source.nameOr(RewardNames.ofModel(model));
            builder.reward(name, new RewardModelFunction(name, scoring), source.weight());
            if (criticNeeded) {
                TokenizerMatch.requireForCritic(policyTokenizer, scoring.tokenizer(), model);
                builder.criticFrom(scoring.model());
                criticNeeded = false;
            }
        }
    }

    private static ResolvedModel resolve(String location, String role, List<Parent> parents) throws IOException {
        ResolvedModel model = ResolvedModel.of(location);
        parents.add(model.parent(role));
        return model;
    }

    private static <T extends AutoCloseable> T opening(Deque<AutoCloseable> opened, T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public Trainer trainer() {
        return trainer;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public List<DataSource> data() {
        return data;
    }

    @Override
    public List<Parent> parents() {
        return parents;
    }

    @Override
    public RolloutSettings rollouts() {
        return recipe.rollouts();
    }

    /** Saves the critic of a policy in an environment next to the policy. */
    @Override
    public void finish(Path run, RunListener listener) {
        if (recipe.environment() == null) {
            return;
        }
        try (RewardModel critic = trainer.criticModel()) {
            Checkpoints.saveReward(run.resolve(RunDirectory.CRITIC), critic, tokenizer, DType.FLOAT32);
        }
    }

    @Override
    public void save(Path directory, DType precision) {
        Checkpoints.saveCausal(directory, policy, tokenizer, precision);
    }

    /** Closes in reverse order: the trainer before the models that it uses. */
    @Override
    public void close() {
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot close " + resource, e);
            }
        }
    }
}
