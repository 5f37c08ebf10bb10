package dev.attune.training.ppo;

import dev.attune.core.environment.Environment;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.template.ChatTemplate;
import dev.attune.model.tensor.ProductPrecision;
import dev.attune.model.tensor.ProductScope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.ValueHead;
import dev.attune.training.kl.KlController;
import dev.attune.training.optimizer.AdamW;
import dev.attune.training.optimizer.FiniteChecks;
import dev.attune.training.optimizer.Schedule;
import dev.attune.training.recipe.CriticSettings;
import dev.attune.training.recipe.EnvironmentSettings;
import dev.attune.training.reward.WeightedRewards;
import dev.attune.training.run.StepReport;
import dev.attune.training.run.Trainer;
import dev.attune.training.run.TrainerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Proximal policy optimisation with a KL penalty, against reward functions or in an environment. A step has three phases: rollouts of the policy ({@link Rollouts}), scores and advantages ({@link ScorePhase}), and updates of policy and critic ({@link UpdatePhase}). pi_old is the policy that sampled the step's rollouts; the reference is
 * frozen.
 *
 * <pre>{@code
 * try (PpoTrainer trainer = PpoTrainer.builder(policy, tokenizer)
 *         .prompts(prompts)
 *         .reward(new Polite())
 *         .options(PpoOptions.defaults().withSteps(20, 64))
 *         .build()) {
 *     trainer.train(report -> System.out.println(report.metrics()));
 * }
 * }</pre>
 */
public final class PpoTrainer implements Trainer {
    private final CausalLm policy;
    private final CausalLm reference;
    private final boolean ownsReference;
    private final boolean sameStart;
    private final Critic critic;
    private final AdamW optimizer;
    private final PpoOptions options;
    private final Schedule schedule;
    private final Rollouts rollouts;
    private final ScorePhase score;
    private final UpdatePhase update;
    private final EndTokenWarnings endTokenWarnings;
    private KlController controller;

    private PpoTrainer(Builder builder) {
        options = builder.options;
        policy = builder.policy;
        ownsReference = builder.reference == null;
        reference = builder.reference == null ? policy.copy() : builder.reference;
        sameStart = policy.computesAs(reference);
        critic = builder.critic();
        FiniteChecks.requireFinite("policy", policy.parameters());
        FiniteChecks.requireFinite("reference", reference.parameters());
        FiniteChecks.requireFinite("critic", critic.parameters());
        optimizer = new AdamW(List.of(policy.parameters(), critic.parameters()), options.optimizer());
        schedule = options.optimizer().schedule(options.steps());
        rollouts = builder.rollouts();
        score = new ScorePhase(policy, reference, critic, builder.weightedRewards(), options);
        update = new UpdatePhase(policy, critic, optimizer, options);
        endTokenWarnings = new EndTokenWarnings(options);
        controller = options.kl().controller();
    }

    /** @param policy trained in place; stays the caller's */
    public static Builder builder(CausalLm policy, Tokenizer tokenizer) {
        return new Builder(policy, tokenizer);
    }

    /** Runs all steps. */
    public void train(java.util.function.Consumer<StepReport> listener) {
        for (int step = 1; step <= steps(); step++) {
            listener.accept(step(step));
        }
    }

    @Override
    public int steps() {
        return options.steps();
    }

    /** Products of a few rows, as in sampling, are bound by reading the weights, which rounding them would add to. */
    private List<Episode> sample(int step) {
        try (ProductScope products = ProductScope.open(ProductPrecision.FLOAT32)) {
            return rollouts.sample(step);
        }
    }

    @Override
    public StepReport step(int step) {
        long started = System.nanoTime();
        List<Episode> all = sample(step);
        List<Episode> episodes = valid(all, step);
        long sampled = System.nanoTime();
        score.complete(episodes, step, controller.coefficient());
        KlDiagnosis diagnosis = new KlDiagnosis(episodes);
        if (step == 1 && sameStart) {
            diagnosis.requireZero(step);
        }
        long scored = System.nanoTime();
        LearningRates rates = options.learningRates(schedule.factor(step));
        UpdateStatistics statistics = update.learn(episodes, step, rates, controller.coefficient());
        long finished = System.nanoTime();

        Map<String, Double> metrics = new LinkedHashMap<>();
        PpoMetrics.episodes(all, metrics);
        PpoMetrics.objective(episodes, diagnosis, controller.coefficient(), options, metrics);
        statistics.putInto(metrics);
        rates.putInto(metrics);
        metrics.put("episode", (double) step * options.rollouts());
        metrics.put("episodes_per_second", options.rollouts() / seconds(started, finished));
        metrics.put("time/rollout", seconds(started, sampled));
        metrics.put("time/score", seconds(sampled, scored));
        metrics.put("time/update", seconds(scored, finished));
        controller = controller.after(metrics.getOrDefault("objective/kl", 0.0), episodes.size());
        List<String> warnings = new ArrayList<>(endTokenWarnings.of(step, episodes));
        if (step == 1 && warnings.isEmpty()) {
            warnings.addAll(equalRewards(episodes));
        }
        warnings.addAll(diagnosis.warnings(
                step, sameStart, options.generation().options().biased()));
        return new StepReport(metrics, all.stream().map(Episode::record).toList(), warnings);
    }

    /**
     * Samples one completion of each held-out prompt, or episodes of the environment, always with the same randomness,
     * and scores them: {@code eval_score}, {@code eval_length}, {@code eval_ended}.
     */
    @Override
    public Map<String, Double> evaluate() {
        List<Episode> episodes =
                rollouts.evaluation().stream().filter(Episode::isValid).toList();
        if (episodes.isEmpty()) {
            return Map.of();
        }
        score.score(episodes);
        return PpoMetrics.evaluation(episodes);
    }

    /** A copy of the critic, to save or to evaluate; the caller closes it. */
    public RewardModel criticModel() {
        return critic.copy(policy);
    }

    @Override
    public TrainerState state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(TrainerState.POLICY, policy.parameters().trained());
        tensors.put("critic", critic.parameters().trained());
        tensors.putAll(optimizer.state());
        return new TrainerState(
                tensors,
                () -> Map.of("kl_coefficient", controller.coefficient()),
                numbers -> controller =
                        controller.withCoefficient(numbers.getOrDefault("kl_coefficient", controller.coefficient())));
    }

    @Override
    public void close() {
        rollouts.close();
        optimizer.close();
        critic.close();
        if (ownsReference) {
            reference.close();
        }
    }

    /** A warning if there is nothing to learn from the rewards of several episodes. */
    private List<String> equalRewards(List<Episode> episodes) {
        double first = episodes.get(0).reward;
        boolean equal = episodes.size() > 1 && episodes.stream().allMatch(episode -> episode.reward == first);
        return equal
                ? List.of("all " + episodes.size() + " rollouts have the same reward, " + first
                        + ": nothing is learned from it; check the reward functions, their weights and ppo.clip_reward")
                : List.of();
    }

    /** The episodes without a fault of the environment. */
    private List<Episode> valid(List<Episode> all, int step) {
        List<Episode> valid = all.stream().filter(Episode::isValid).toList();
        if (valid.size() < Math.max(1, options.ppo().minibatches())) {
            String example = all.stream()
                    .map(episode -> episode.transcript.fault())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            throw new RunFailedException("step " + step + ": " + (all.size() - valid.size()) + " of " + all.size()
                    + " episodes ended with a fault of the environment, too few are left to learn from; one of them "
                    + example);
        }
        return valid;
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    /** Builds a trainer. Required: prompts and at least one reward function, or an environment. */
    public static final class Builder {
        private final CausalLm policy;
        private final Tokenizer tokenizer;
        private final List<WeightedRewards.Part> rewards = new ArrayList<>();
        private PpoOptions options = PpoOptions.defaults();
        private List<Prompt> prompts = List.of();
        private List<Prompt> heldOut = List.of();
        private @Nullable Supplier<Environment> environment;
        private EnvironmentSettings environmentSettings = EnvironmentSettings.named("environment");
        private @Nullable CausalLm reference;
        private @Nullable RewardModel criticStart;
        private @Nullable ConversationEncoder encoder;

        private Builder(CausalLm policy, Tokenizer tokenizer) {
            this.policy = policy;
            this.tokenizer = tokenizer;
        }

        /** The prompts to train on. */
        public Builder prompts(List<Prompt> value) {
            prompts = List.copyOf(value);
            return this;
        }

        /** The prompts that {@link PpoTrainer#evaluate} uses. */
        public Builder heldOut(List<Prompt> value) {
            heldOut = List.copyOf(value);
            return this;
        }

        /**
         * The environment to train in, instead of prompts and reward functions.
         *
         * @param supplier creates an environment for each concurrent episode
         * @param settings its name in rollouts and metrics, and its limits
         */
        public Builder environment(Supplier<Environment> supplier, EnvironmentSettings settings) {
            environment = supplier;
            environmentSettings = settings;
            return this;
        }

        /** Adds a reward function of weight 1. */
        public Builder reward(RewardFunction function) {
            return reward(function, 1);
        }

        /** Adds a reward function under its own name. */
        public Builder reward(RewardFunction function, double weight) {
            return reward(function.name(), function, weight);
        }

        /**
         * Adds a reward function.
         *
         * @param name in metrics and rollouts; a number is added to a name that is taken
         */
        public Builder reward(String name, RewardFunction function, double weight) {
            rewards.add(new WeightedRewards.Part(name, function, weight));
            return this;
        }

        /** The frozen policy that the KL is measured against; the caller closes it. By default a copy of the policy. */
        public Builder reference(CausalLm value) {
            reference = value;
            return this;
        }

        /** The reward model whose weights the critic starts from, of the policy's tokenizer; it is copied. */
        public Builder criticFrom(RewardModel value) {
            criticStart = value;
            return this;
        }

        /** How conversations are rendered, instead of the tokenizer's own template. */
        public Builder template(ChatTemplate value) {
            return encoder(ConversationEncoder.of(tokenizer, value, ConversationOptions.DEFAULT));
        }

        /** Encodes prompts and knows which tokens end a completion; by default with the tokenizer's own template. */
        public Builder encoder(ConversationEncoder value) {
            encoder = value;
            return this;
        }

        public Builder options(PpoOptions value) {
            options = value;
            return this;
        }

        /** @throws BadInputException if prompts or rewards are missing, or a setting does not fit another */
        public PpoTrainer build() {
            boolean asked = !prompts.isEmpty() || !rewards.isEmpty();
            if (environment != null && asked) {
                throw new BadInputException(
                        "found prompts or reward functions and an environment, expected one of the two; remove the other");
            }
            if (environment == null && (prompts.isEmpty() || rewards.isEmpty())) {
                throw new BadInputException(
                        prompts.isEmpty()
                                ? "PPO needs prompts, and got none"
                                : "PPO needs a reward function, and got none");
            }
            if (options.generation().options().biased() && !options.generation().allowBiasedSampling()) {
                throw new BadInputException(
                        "PPO's rollouts come from the policy's own distribution, or KL estimates are "
                                + "wrong: remove top-k, top-p, min-p and repetition penalty, or set allow_biased_sampling");
            }
            checkSizes();
            String horizonFault = options.kl().horizonFault(options.rollouts());
            if (horizonFault != null) {
                throw new BadInputException(
                        "found a KL horizon of " + options.kl().horizon() + ", expected " + horizonFault
                                + "; raise the horizon or remove the target");
            }
            return new PpoTrainer(this);
        }

        private void checkSizes() {
            int minibatches = options.ppo().minibatches();
            if (minibatches > options.rollouts()) {
                throw new BadInputException("found " + minibatches + " minibatches, expected at most the "
                        + options.rollouts() + " rollouts of a step; lower ppo.minibatches or raise batch.rollouts");
            }
            int context = policy.config().maxPositions();
            if (environment != null && options.generation().maxNewTokens() >= context) {
                throw new BadInputException("found generation.max_new_tokens: "
                        + options.generation().maxNewTokens() + ", expected less than the policy's context of "
                        + context
                        + " tokens, which holds the states too; lower it");
            }
        }

        private Rollouts rollouts() {
            Supplier<Environment> world = environment;
            return world == null
                    ? new PromptRollouts(policy, encoder(), prompts, heldOut, options)
                    : new EnvironmentRollouts(policy, encoder(), world, environmentSettings, options);
        }

        /** Null if an environment gives the rewards. */
        private @Nullable WeightedRewards weightedRewards() {
            return environment == null ? new WeightedRewards(rewards) : null;
        }

        private ConversationEncoder encoder() {
            return encoder == null ? ConversationEncoder.of(tokenizer) : encoder;
        }

        private Critic critic() {
            if (options.critic().shared()) {
                return new Critic.Shared(new ValueHead(policy.config().width()));
            }
            if (options.critic().init() == CriticSettings.Init.REWARD) {
                if (criticStart == null) {
                    throw new BadInputException("critic.init is reward, but there is no reward model to start from");
                }
                return new Critic.Own(criticStart.copy());
            }
            return new Critic.Own(FreshCritic.of(policy));
        }
    }
}
