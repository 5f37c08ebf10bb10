package dev.attune.training.bestofn;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.losses.LikelihoodObjective;
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

/** {@code method: best_of_n}. */
public final class BestOfNMethod implements TrainingMethod<BestOfNRecipe> {
    static final String NAME = "best_of_n";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Best of n: samples n completions of a prompt and fine-tunes on the one with the highest reward";
    }

    @Override
    public Source source() {
        return Source.PROMPTS;
    }

    @Override
    public BestOfNRecipe read(SectionReader fields) {
        return BestOfNRecipe.read(fields);
    }

    @Override
    public Job open(BestOfNRecipe recipe, RunContext context) throws IOException {
        BestOfNSettings settings = recipe.bestOfN();
        KlSettings none = KlSettings.DEFAULT.withCoefficient(0);
        OnPolicyOptions options = recipe.options(settings.scoreRule(), none);
        return OnPolicyJob.open(recipe, options, false, advantages(settings), update(options), context);
    }

    private static GroupAdvantages advantages(BestOfNSettings settings) {
        return new GroupAdvantages(settings.estimator(), false, false, settings.scoreRule(), null);
    }

    /** The mean over prompts of the mean over the tokens of the best completion. */
    private static ObjectiveUpdate update(OnPolicyOptions options) {
        return new ObjectiveUpdate(new LikelihoodObjective(), LossAggregation.GRPO, null, 0, false, 1, options);
    }
}
