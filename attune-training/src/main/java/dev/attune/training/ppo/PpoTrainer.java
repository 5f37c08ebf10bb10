package dev.attune.training.ppo;

import dev.attune.core.data.Row;
import dev.attune.core.environment.Environment;
import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.template.ChatTemplate;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.ValueHead;
import dev.attune.training.onpolicy.Critic;
import dev.attune.training.onpolicy.EnvironmentRollouts;
import dev.attune.training.onpolicy.FreshCritic;
import dev.attune.training.onpolicy.OnPolicyTrainer;
import dev.attune.training.onpolicy.PromptItem;
import dev.attune.training.onpolicy.PromptRollouts;
import dev.attune.training.onpolicy.Rollouts;
import dev.attune.training.onpolicy.ValueUpdate;
import dev.attune.training.recipe.EnvironmentSettings;
import dev.attune.training.reward.WeightedRewards;
import dev.attune.training.run.StepReport;
import dev.attune.training.run.Trainer;
import dev.attune.training.run.TrainerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Proximal policy optimisation with a KL penalty, against reward functions or in an environment: the on-policy core with
 * generalised advantage estimation, a critic, and the clipped loss ({@link PpoUpdate}). pi_old is the policy that sampled the step's
 * rollouts; the reference is frozen.
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
    private final Critic critic;
    private final OnPolicyTrainer core;

    private PpoTrainer(Builder builder) {
        PpoOptions options = builder.options;
        policy = builder.policy;
        critic = builder.critic();
        core = OnPolicyTrainer.builder(policy, options.core())
                .reference(builder.reference)
                .rollouts(builder.rollouts())
                .rewards(builder.weightedRewards())
                .advantages(options.advantages())
                .update(new PpoUpdate(options))
                .critic(new ValueUpdate(
                        critic, options.ppo().valueClip(), options.ppo().valueCoefficient()))
                .build();
    }

    /** @param policy trained in place; stays the caller's */
    public static Builder builder(CausalLm policy, Tokenizer tokenizer) {
        return new Builder(policy, tokenizer);
    }

    /** Runs all steps. */
    public void train(Consumer<StepReport> listener) {
        for (int step = 1; step <= steps(); step++) {
            listener.accept(step(step));
        }
    }

    @Override
    public int steps() {
        return core.steps();
    }

    @Override
    public StepReport step(int step) {
        return core.step(step);
    }

    @Override
    public Map<String, Double> evaluate() {
        return core.evaluate();
    }

    /** A copy of the critic, to save or to evaluate; the caller closes it. */
    public RewardModel criticModel() {
        return critic.copy(policy);
    }

    @Override
    public TrainerState state() {
        return core.state();
    }

    @Override
    public void close() {
        core.close();
    }

    /** Builds a trainer. Required: prompts and at least one reward function, or an environment. */
    public static final class Builder {
        private final CausalLm policy;
        private final Tokenizer tokenizer;
        private final List<WeightedRewards.Part> rewards = new ArrayList<>();
        private PpoOptions options = PpoOptions.defaults();
        private List<PromptItem> prompts = List.of();
        private List<PromptItem> heldOut = List.of();
        private @Nullable Supplier<Environment> environment;
        private EnvironmentSettings environmentSettings = EnvironmentSettings.named("environment");
        private @Nullable CausalLm reference;
        private @Nullable RewardModel criticStart;
        private @Nullable RewardModel criticModel;
        private @Nullable ConversationEncoder encoder;

        private Builder(CausalLm policy, Tokenizer tokenizer) {
            this.policy = policy;
            this.tokenizer = tokenizer;
        }

        /** The prompts to train on. */
        public Builder prompts(List<Prompt> value) {
            prompts = PromptItem.of(value);
            return this;
        }

        /** The prompts that {@link PpoTrainer#evaluate} uses. */
        public Builder heldOut(List<Prompt> value) {
            heldOut = PromptItem.of(value);
            return this;
        }

        /** Prompts with the columns of their rows, which reward functions see. */
        Builder rows(List<? extends Row> train, List<? extends Row> held) {
            prompts = PromptItem.ofRows(train);
            heldOut = PromptItem.ofRows(held);
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
            return reward(new WeightedRewards.Part(name, function, weight));
        }

        Builder reward(WeightedRewards.Part part) {
            rewards.add(part);
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

        /** The critic itself, instead of a copy of another model; closed with the trainer. */
        public Builder critic(RewardModel value) {
            criticModel = value;
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
                    ? new PromptRollouts(policy, encoder(), prompts, heldOut, options.core())
                    : new EnvironmentRollouts(policy, encoder(), world, environmentSettings, options.core());
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
            if (criticModel != null) {
                return new Critic.Own(criticModel);
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
