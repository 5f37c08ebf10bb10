package dev.attune.training.rloo;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.losses.LossAggregation;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import dev.attune.training.onpolicy.GroupAdvantages;
import dev.attune.training.onpolicy.ObjectiveUpdate;
import dev.attune.training.onpolicy.OnPolicyJob;
import dev.attune.training.onpolicy.OnPolicyOptions;
import dev.attune.training.recipe.KlSettings;
import java.io.IOException;

/** {@code method: rloo}. */
public final class RlooMethod implements TrainingMethod<RlooRecipe> {
    static final String NAME = "rloo";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "REINFORCE leave-one-out: the baseline of a completion is the mean reward of the others of its prompt";
    }

    @Override
    public Source source() {
        return Source.PROMPTS;
    }

    @Override
    public RlooRecipe read(SectionReader fields) {
        return RlooRecipe.read(fields);
    }

    @Override
    public Job open(RlooRecipe recipe, RunContext context) throws IOException {
        OnPolicyOptions options = options(recipe);
        return OnPolicyJob.open(
                recipe, options, recipe.rloo().beta() > 0, advantages(recipe), update(recipe.rloo(), options), context);
    }

    private static OnPolicyOptions options(RlooRecipe recipe) {
        RlooSettings rloo = recipe.rloo();
        KlSettings kl = KlSettings.DEFAULT.withCoefficient(rloo.beta());
        return recipe.options(rloo.scoreRule(), kl);
    }

    private static GroupAdvantages advantages(RlooRecipe recipe) {
        RlooSettings rloo = recipe.rloo();
        return new GroupAdvantages(rloo.estimator(), rloo.beta() > 0, false, rloo.scoreRule(), null);
    }

    /** The mean over sequences of the term of each sequence. */
    private static ObjectiveUpdate update(RlooSettings rloo, OnPolicyOptions options) {
        return new ObjectiveUpdate(
                rloo.objective(), LossAggregation.GRPO, null, 0, rloo.maskTruncatedCompletions(), 1, options);
    }
}
