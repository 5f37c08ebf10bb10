package dev.attune.training.ppo;

import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.Prompt;
import dev.attune.model.template.ChatTemplate;
import dev.attune.model.template.PromptEncoder;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.Parameters;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.ValueHead;
import dev.attune.training.batch.ExchangeEncoder;
import dev.attune.training.kl.KlController;
import dev.attune.training.optimizer.AdamW;
import dev.attune.training.optimizer.Schedule;
import dev.attune.training.recipe.CriticSettings;
import dev.attune.training.recipe.KlSettings;
import dev.attune.training.reward.WeightedRewards;
import dev.attune.training.run.Epochs;
import dev.attune.training.run.StepReport;
import dev.attune.training.run.Trainer;
import dev.attune.training.run.TrainerState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Proximal policy optimisation against reward functions with a KL penalty. A step has three phases: the policy answers
 * prompts ({@link RolloutPhase}), the answers are scored and turned into advantages ({@link ScorePhase}), and policy and
 * critic learn from them ({@link UpdatePhase}). pi_old is the policy that drew the step's rollouts; the reference is
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
    private final List<Prompt> prompts;
    private final List<Prompt> heldOut;
    private final Epochs epochs;
    private final Randomness sampling;
    private final RolloutPhase rollout;
    private final ScorePhase score;
    private final UpdatePhase update;
    private KlController controller;

    private PpoTrainer(Builder builder) {
        options = builder.options;
        policy = builder.policy;
        ownsReference = builder.reference == null;
        reference = builder.reference == null ? policy.copy() : builder.reference;
        sameStart = Arrays.equals(
                policy.parameters().flat().toFloats(),
                reference.parameters().flat().toFloats());
        critic = builder.critic();
        optimizer = optimizer(policy, critic, options);
        schedule = options.optimizer().schedule(options.steps());
        prompts = List.copyOf(builder.prompts);
        heldOut = builder.heldOut.stream().limit(options.evaluationPrompts()).toList();
        epochs = new Epochs(prompts.size(), options.seed(), "prompt order");
        sampling = Randomness.of(options.seed(), "rollouts");
        WeightedRewards rewards = new WeightedRewards(builder.rewards);
        rollout =
                new RolloutPhase(policy, builder.encoder(), options.generation().options());
        score = new ScorePhase(policy, reference, critic, rewards, options);
        update = new UpdatePhase(policy, critic, optimizer, options);
        controller = options.kl().controller();
    }

    /** @param policy trained in place; stays the caller's */
    public static Builder builder(CausalLm policy, Tokenizer tokenizer) {
        return new Builder(policy, tokenizer);
    }

    /** Takes all steps. */
    public void train(java.util.function.Consumer<StepReport> listener) {
        for (int step = 1; step <= steps(); step++) {
            listener.accept(step(step));
        }
    }

    @Override
    public int steps() {
        return options.steps();
    }

    @Override
    public StepReport step(int step) {
        long started = System.nanoTime();
        List<Episode> episodes = sample(step);
        long sampled = System.nanoTime();
        score.complete(episodes, controller.coefficient());
        KlDiagnosis diagnosis = new KlDiagnosis(episodes);
        if (step == 1 && sameStart) {
            diagnosis.requireZero(step);
        }
        long scored = System.nanoTime();
        double rate = options.optimizer().learningRate() * schedule.factor(step);
        UpdateStatistics statistics = update.learn(episodes, step, rate, controller.coefficient());
        long finished = System.nanoTime();

        Map<String, Double> metrics = new LinkedHashMap<>();
        PpoMetrics.objective(episodes, diagnosis, controller.coefficient(), options, metrics);
        statistics.putInto(metrics);
        metrics.put("lr", rate);
        metrics.put("episode", (double) step * options.rollouts());
        metrics.put("episodes_per_second", options.rollouts() / seconds(started, finished));
        metrics.put("time/rollout", seconds(started, sampled));
        metrics.put("time/score", seconds(sampled, scored));
        metrics.put("time/update", seconds(scored, finished));
        controller = controller.after(metrics.getOrDefault("objective/kl", 0.0), episodes.size());
        return new StepReport(
                metrics,
                episodes.stream().map(Episode::record).toList(),
                diagnosis.warnings(
                        step, sameStart, options.generation().options().biased()));
    }

    /**
     * Samples one completion of each held-out prompt, always with the same randomness, and scores it: {@code eval_score},
     * {@code eval_length}, {@code eval_ended}.
     */
    @Override
    public Map<String, Double> evaluate() {
        if (heldOut.isEmpty()) {
            return Map.of();
        }
        List<Episode> episodes = rollout.sample(
                heldOut, Randomness.of(options.seed(), "evaluation").seed());
        score.score(episodes);
        return PpoMetrics.evaluation(episodes);
    }

    @Override
    public TrainerState state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("policy", policy.parameters().flat());
        tensors.put("critic", critic.parameters().flat());
        tensors.putAll(optimizer.state());
        return new TrainerState(
                tensors,
                () -> Map.of("kl_coefficient", controller.coefficient()),
                numbers -> controller =
                        controller.withCoefficient(numbers.getOrDefault("kl_coefficient", controller.coefficient())));
    }

    @Override
    public void close() {
        optimizer.close();
        critic.close();
        if (ownsReference) {
            reference.close();
        }
    }

    private List<Episode> sample(int step) {
        List<Prompt> batch = epochs.take((long) (step - 1) * options.rollouts(), options.rollouts()).stream()
                .map(prompts::get)
                .toList();
        return rollout.sample(batch, sampling.at(step).seed());
    }

    private static AdamW optimizer(CausalLm policy, Critic critic, PpoOptions options) {
        Double own = options.critic().learningRate();
        double rate = options.optimizer().learningRate();
        double factor = own == null || rate == 0 ? 1 : own / rate;
        List<Parameters> parameters = List.of(policy.parameters(), critic.parameters());
        return new AdamW(parameters, List.of(1.0, factor), options.optimizer());
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    /** What a trainer is made of. Required: prompts and at least one reward function. */
    public static final class Builder {
        private final CausalLm policy;
        private final Tokenizer tokenizer;
        private final List<WeightedRewards.Part> rewards = new ArrayList<>();
        private PpoOptions options = PpoOptions.defaults();
        private List<Prompt> prompts = List.of();
        private List<Prompt> heldOut = List.of();
        private @Nullable CausalLm reference;
        private @Nullable RewardModel criticStart;
        private @Nullable ChatTemplate template;
        private @Nullable Function<Prompt, int[]> promptTokens;

        private Builder(CausalLm policy, Tokenizer tokenizer) {
            this.policy = policy;
            this.tokenizer = tokenizer;
        }

        /** What the policy learns to answer. */
        public Builder prompts(List<Prompt> value) {
            prompts = List.copyOf(value);
            return this;
        }

        /** What {@link PpoTrainer#evaluate} samples from. */
        public Builder heldOut(List<Prompt> value) {
            heldOut = List.copyOf(value);
            return this;
        }

        /** Adds a reward function of weight 1. */
        public Builder reward(RewardFunction function) {
            return reward(function, 1);
        }

        /** Adds a reward function. */
        public Builder reward(RewardFunction function, double weight) {
            rewards.add(new WeightedRewards.Part(function, weight));
            return this;
        }

        /** The frozen policy the KL is measured against, which stays the caller's; by default a copy of the policy. */
        public Builder reference(CausalLm value) {
            reference = value;
            return this;
        }

        /** The reward model whose weights the critic starts from, of the policy's tokenizer; it is copied. */
        public Builder criticFrom(RewardModel value) {
            criticStart = value;
            return this;
        }

        /** How conversations are rendered; needed where prompts are conversations. */
        public Builder template(@Nullable ChatTemplate value) {
            template = value;
            return this;
        }

        /** Tokenises prompts in another way than the template and tokenizer do. */
        public Builder promptTokens(Function<Prompt, int[]> value) {
            promptTokens = value;
            return this;
        }

        public Builder options(PpoOptions value) {
            options = value;
            return this;
        }

        /** @throws BadInputException where prompts or rewards are missing or the sampling is biased and not allowed */
        public PpoTrainer build() {
            if (prompts.isEmpty() || rewards.isEmpty()) {
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
            if (options.kl().placement() == KlSettings.Placement.LOSS && rewards.isEmpty()) {
                throw new BadInputException("a KL loss needs a reward beside it");
            }
            return new PpoTrainer(this);
        }

        private ExchangeEncoder encoder() {
            Function<Prompt, int[]> encode = promptTokens;
            if (encode == null) {
                PromptEncoder encoder = new PromptEncoder(tokenizer, template);
                encode = encoder::encode;
            }
            return new ExchangeEncoder(tokenizer, encode, Integer.MAX_VALUE);
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
