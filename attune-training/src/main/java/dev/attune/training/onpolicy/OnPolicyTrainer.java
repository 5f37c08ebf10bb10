package dev.attune.training.onpolicy;

import dev.attune.core.error.RunFailedException;
import dev.attune.model.tensor.ProductPrecision;
import dev.attune.model.tensor.ProductScope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.ParameterSet;
import dev.attune.training.kl.KlController;
import dev.attune.training.optimizer.AdamW;
import dev.attune.training.optimizer.FiniteChecks;
import dev.attune.training.recipe.Schedule;
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
 * Trains a policy on its own rollouts. A step has four phases: rollouts of the policy ({@link Rollouts}); their scores, and their
 * log-probabilities under the policy that sampled them and under the frozen reference; advantages ({@link AdvantagePhase}); and
 * updates ({@link PolicyUpdate}), of a critic too if there is one. A method is a choice of these parts.
 */
public final class OnPolicyTrainer implements Trainer {
    private final CausalLm policy;
    private final @Nullable CausalLm reference;
    private final boolean ownsReference;
    private final boolean sameStart;
    private final @Nullable ValueUpdate value;
    private final AdamW optimizer;
    private final OnPolicyOptions options;
    private final Schedule schedule;
    private final Rollouts rollouts;
    private final Scoring scoring;
    private final Measurement measurement;
    private final AdvantagePhase advantages;
    private final UpdatePhase update;
    private final EndTokenWarnings endTokenWarnings;
    private KlController controller;

    private OnPolicyTrainer(Builder builder) {
        options = builder.options;
        policy = builder.policy;
        ownsReference = builder.reference == null && builder.needsReference;
        reference = ownsReference ? policy.copy() : builder.reference;
        sameStart = reference != null && policy.computesAs(reference);
        value = builder.critic;
        FiniteChecks.requireFinite("policy", policy.parameters());
        if (reference != null) {
            FiniteChecks.requireFinite("reference", reference.parameters());
        }
        List<ParameterSet> trained = new ArrayList<>(List.of(policy.parameters()));
        if (value != null) {
            FiniteChecks.requireFinite("critic", value.critic().parameters());
            trained.add(value.critic().parameters());
        }
        optimizer = new AdamW(trained, options.optimizer());
        schedule = options.optimizer().schedule(options.steps());
        rollouts = Objects.requireNonNull(builder.rollouts, "rollouts");
        scoring = new Scoring(builder.rewards, options.scores(), options.group() > 1);
        measurement = new Measurement(policy, reference, value == null ? null : value.critic(), options);
        advantages = Objects.requireNonNull(builder.advantages, "advantages");
        PolicyUpdate loss = Objects.requireNonNull(builder.update, "update");
        update = new UpdatePhase(policy, value, loss, optimizer, options);
        endTokenWarnings =
                new EndTokenWarnings(options.scores(), options.generation().maxNewTokens());
        controller = options.kl().controller();
    }

    /** @param policy trained in place; stays the caller's */
    public static Builder builder(CausalLm policy, OnPolicyOptions options) {
        return new Builder(policy, options);
    }

    @Override
    public int steps() {
        return options.steps();
    }

    @Override
    public StepReport step(int step) {
        long started = System.nanoTime();
        policy.atStep(step);
        List<Episode> all = sampled(() -> rollouts.sample(step));
        List<Episode> valid = valid(all, step);
        long sampled = System.nanoTime();
        scoring.score(valid);
        GroupSelection.Selected selected = selected(valid, step);
        List<Episode> episodes = selected.episodes();
        Map<String, Double> ofAdvantages = complete(episodes, step);
        KlDiagnosis diagnosis = reference == null ? null : new KlDiagnosis(episodes);
        if (step == 1 && sameStart && diagnosis != null) {
            diagnosis.requireZero(step);
        }
        long scored = System.nanoTime();
        LearningRates rates = options.learningRates(schedule.factor(step));
        UpdateStatistics statistics = update.learn(episodes, step, rates, controller.coefficient());
        long finished = System.nanoTime();

        Map<String, Double> metrics = new LinkedHashMap<>();
        EpisodeMetrics.episodes(all, metrics);
        EpisodeMetrics.objective(episodes, diagnosis, controller.coefficient(), options, value != null, metrics);
        metrics.putAll(selected.metrics());
        metrics.putAll(ofAdvantages);
        statistics.putInto(metrics, value != null);
        rates.putInto(metrics, value != null);
        metrics.put("episode", (double) step * options.rollouts());
        metrics.put("episodes_per_second", options.rollouts() / seconds(started, finished));
        metrics.put("time/rollout", seconds(started, sampled));
        metrics.put("time/score", seconds(sampled, scored));
        metrics.put("time/update", seconds(scored, finished));
        controller = controller.after(metrics.getOrDefault("objective/kl", 0.0), episodes.size());
        List<Episode> recorded = selected.metrics().isEmpty() ? all : episodes;
        List<String> warnings = warnings(step, episodes, diagnosis);
        if (!selected.warning().isEmpty()) {
            warnings.add(selected.warning());
        }
        return new StepReport(metrics, recorded.stream().map(Episode::record).toList(), warnings);
    }

    /** The groups to learn from; all if the method does not choose. */
    private GroupSelection.Selected selected(List<Episode> episodes, int step) {
        if (options.samplingRounds() == 1) {
            return new GroupSelection.Selected(episodes, Map.of(), "");
        }
        return new GroupSelection(options.samplingRounds()).select(episodes, round -> {
            List<Episode> further = sampled(() -> rollouts.further(step, round));
            scoring.score(further);
            return further;
        });
    }

    /** Products of a few rows, as in sampling, are bound by reading the weights, which rounding them would add to. */
    private static List<Episode> sampled(Supplier<List<Episode>> sampling) {
        try (ProductScope products = ProductScope.open(ProductPrecision.FLOAT32)) {
            return sampling.get();
        }
    }

    /** Computes all figures of the episodes that the updates need. */
    private Map<String, Double> complete(List<Episode> episodes, int step) {
        FiniteEpisodes finite = new FiniteEpisodes(options.section(), step, episodes);
        measurement.measure(episodes);
        finite.requireMeasures(policy, reference, value == null ? null : value.critic());
        Map<String, Double> metrics = advantages.assign(episodes, controller.coefficient());
        finite.requireAdvantages();
        return metrics;
    }

    private List<String> warnings(int step, List<Episode> episodes, @Nullable KlDiagnosis diagnosis) {
        List<String> warnings = new ArrayList<>(endTokenWarnings.of(step, episodes));
        if (step == 1 && warnings.isEmpty()) {
            warnings.addAll(equalRewards(episodes));
        }
        if (diagnosis != null) {
            warnings.addAll(diagnosis.warnings(
                    step, sameStart, options.generation().options().biased()));
        }
        return warnings;
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
        scoring.score(episodes);
        return EpisodeMetrics.evaluation(episodes);
    }

    @Override
    public TrainerState state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(TrainerState.POLICY, policy.parameters().trained());
        if (value != null) {
            tensors.put("critic", value.critic().parameters().trained());
        }
        tensors.putAll(optimizer.state());
        return new TrainerState(
                tensors,
                () -> Map.of("kl_coefficient", controller.coefficient()),
                numbers -> controller =
                        controller.withCoefficient(numbers.getOrDefault("kl_coefficient", controller.coefficient())));
    }

    /** Frees the optimizer, the critic, and a reference that was copied from the policy. */
    @Override
    public void close() {
        rollouts.close();
        optimizer.close();
        if (value != null) {
            value.critic().close();
        }
        if (ownsReference && reference != null) {
            reference.close();
        }
    }

    /** A warning if there is nothing to learn from the rewards of several episodes. */
    private List<String> equalRewards(List<Episode> episodes) {
        double first = episodes.get(0).reward;
        boolean equal = episodes.size() > 1 && episodes.stream().allMatch(episode -> episode.reward == first);
        return equal
                ? List.of("all " + episodes.size() + " rollouts have the same reward, " + first
                        + ": nothing is learned from it; check the reward functions, their weights and "
                        + options.section() + ".clip_reward")
                : List.of();
    }

    /** The episodes without a fault of the environment. */
    private List<Episode> valid(List<Episode> all, int step) {
        List<Episode> valid = all.stream().filter(Episode::isValid).toList();
        if (valid.size() < Math.max(1, options.minibatches())) {
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

    /** Builds a trainer. Required: rollouts, advantages and update. */
    public static final class Builder {
        private final CausalLm policy;
        private final OnPolicyOptions options;
        private @Nullable CausalLm reference;
        private boolean needsReference = true;
        private @Nullable ValueUpdate critic;
        private @Nullable Rollouts rollouts;
        private @Nullable WeightedRewards rewards;
        private @Nullable AdvantagePhase advantages;
        private @Nullable PolicyUpdate update;

        private Builder(CausalLm policy, OnPolicyOptions options) {
            this.policy = policy;
            this.options = options;
        }

        /** The frozen policy that the KL is measured against; the caller closes it. By default a copy of the policy. */
        public Builder reference(@Nullable CausalLm value) {
            reference = value;
            return this;
        }

        /** For methods that measure no KL. */
        public Builder withoutReference() {
            needsReference = false;
            return this;
        }

        /** Closed with the trainer. */
        public Builder critic(ValueUpdate value) {
            critic = value;
            return this;
        }

        /** Closed with the trainer. */
        public Builder rollouts(Rollouts value) {
            rollouts = value;
            return this;
        }

        /** By default the rollouts have their scores already. */
        public Builder rewards(@Nullable WeightedRewards value) {
            rewards = value;
            return this;
        }

        public Builder advantages(AdvantagePhase value) {
            advantages = value;
            return this;
        }

        public Builder update(PolicyUpdate value) {
            update = value;
            return this;
        }

        public OnPolicyTrainer build() {
            return new OnPolicyTrainer(this);
        }
    }
}
