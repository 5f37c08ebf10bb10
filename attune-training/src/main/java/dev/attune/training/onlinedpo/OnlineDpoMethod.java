package dev.attune.training.onlinedpo;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.losses.LikelihoodObjective;
import dev.attune.training.losses.LossAggregation;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import dev.attune.training.onpolicy.ObjectiveUpdate;
import dev.attune.training.onpolicy.OnPolicyJob;
import dev.attune.training.onpolicy.OnPolicyOptions;
import dev.attune.training.onpolicy.PreferenceAdvantages;
import dev.attune.training.recipe.KlSettings;
import java.io.IOException;

/** {@code method: online_dpo}. */
public final class OnlineDpoMethod implements TrainingMethod<OnlineDpoRecipe> {
    static final String NAME = "online_dpo";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Online DPO: DPO on the best and the worst of the policy's own completions of a prompt";
    }

    @Override
    public Source source() {
        return Source.PROMPTS;
    }

    @Override
    public OnlineDpoRecipe read(SectionReader fields) {
        return OnlineDpoRecipe.read(fields);
    }

    @Override
    public Job open(OnlineDpoRecipe recipe, RunContext context) throws IOException {
        OnlineDpoSettings settings = recipe.onlineDpo();
        KlSettings measured = KlSettings.DEFAULT.withCoefficient(0);
        OnPolicyOptions options = recipe.options(settings.scoreRule(), measured);
        PreferenceAdvantages advantages = new PreferenceAdvantages(settings.estimator(), settings.scoreRule());
        return OnPolicyJob.open(recipe, options, true, advantages, update(options), context);
    }

    /** The mean over completions of the sum over their tokens. */
    private static ObjectiveUpdate update(OnPolicyOptions options) {
        return new ObjectiveUpdate(new LikelihoodObjective(), LossAggregation.LUSPO, null, 0, false, 1, options);
    }
}
