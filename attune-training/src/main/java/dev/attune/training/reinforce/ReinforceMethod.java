package dev.attune.training.reinforce;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.losses.LossAggregation;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import dev.attune.training.onpolicy.BatchAdvantages;
import dev.attune.training.onpolicy.ObjectiveUpdate;
import dev.attune.training.onpolicy.OnPolicyJob;
import dev.attune.training.onpolicy.OnPolicyOptions;
import dev.attune.training.recipe.KlSettings;
import java.io.IOException;

/** {@code method: reinforce++}. */
public final class ReinforceMethod implements TrainingMethod<ReinforceRecipe> {
    static final String NAME = "reinforce++";
    static final String SECTION = "reinforce";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "REINFORCE++: advantages are normalised over the whole batch, with the KL penalty in the reward";
    }

    @Override
    public Source source() {
        return Source.PROMPTS;
    }

    @Override
    public ReinforceRecipe read(SectionReader fields) {
        return ReinforceRecipe.read(fields);
    }

    @Override
    public Job open(ReinforceRecipe recipe, RunContext context) throws IOException {
        OnPolicyOptions options = options(recipe);
        return OnPolicyJob.open(
                recipe,
                options,
                recipe.reinforce().beta() > 0,
                advantages(recipe),
                update(recipe.reinforce(), options),
                context);
    }

    private static OnPolicyOptions options(ReinforceRecipe recipe) {
        ReinforceSettings reinforce = recipe.reinforce();
        KlSettings kl = KlSettings.DEFAULT.withCoefficient(reinforce.beta());
        return recipe.options(reinforce.scoreRule(), kl);
    }

    private static BatchAdvantages advantages(ReinforceRecipe recipe) {
        ReinforceSettings reinforce = recipe.reinforce();
        return new BatchAdvantages(reinforce.baseline(), reinforce.scoreRule());
    }

    /** The mean over tokens. */
    private static ObjectiveUpdate update(ReinforceSettings reinforce, OnPolicyOptions options) {
        return new ObjectiveUpdate(
                reinforce.objective(), LossAggregation.DAPO, null, 0, reinforce.maskTruncatedCompletions(), 1, options);
    }
}
