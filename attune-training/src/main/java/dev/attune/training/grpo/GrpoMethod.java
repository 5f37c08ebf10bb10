package dev.attune.training.grpo;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.advantage.GroupRelative;
import dev.attune.training.advantage.OverlongPenalty;
import dev.attune.training.losses.KlTerm;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import dev.attune.training.onpolicy.GroupAdvantages;
import dev.attune.training.onpolicy.ObjectiveUpdate;
import dev.attune.training.onpolicy.OnPolicyJob;
import dev.attune.training.onpolicy.OnPolicyOptions;
import dev.attune.training.recipe.KlSettings;
import java.io.IOException;

/** {@code method: grpo}. */
public final class GrpoMethod implements TrainingMethod<GrpoRecipe> {
    static final String NAME = "grpo";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "group-relative policy optimisation: completions of a prompt are compared with each other, without a critic";
    }

    @Override
    public Source source() {
        return Source.PROMPTS;
    }

    @Override
    public GrpoRecipe read(SectionReader fields) {
        return GrpoRecipe.read(fields);
    }

    @Override
    public Job open(GrpoRecipe recipe, RunContext context) throws IOException {
        OnPolicyOptions options = options(recipe);
        return OnPolicyJob.open(
                recipe, options, recipe.grpo().beta() > 0, advantages(recipe), update(recipe.grpo(), options), context);
    }

    private static OnPolicyOptions options(GrpoRecipe recipe) {
        GrpoSettings grpo = recipe.grpo();
        KlSettings kl = new KlSettings(
                KlSettings.Placement.LOSS, grpo.beta(), grpo.klEstimator(), null, KlSettings.DEFAULT.horizon());
        return recipe.options(grpo.scoreRule(), kl);
    }

    private static GroupAdvantages advantages(GrpoRecipe recipe) {
        GrpoSettings grpo = recipe.grpo();
        Integer cache = grpo.overlongCache();
        return new GroupAdvantages(
                new GroupRelative(grpo.scaleRewards(), grpo.multiObjectiveAggregation()),
                false,
                grpo.multiObjectiveAggregation() != GroupRelative.Combination.SUM_THEN_NORMALIZE,
                grpo.scoreRule(),
                cache == null
                        ? null
                        : new OverlongPenalty(recipe.prompt().generation().maxNewTokens(), cache));
    }

    private static ObjectiveUpdate update(GrpoSettings grpo, OnPolicyOptions options) {
        return new ObjectiveUpdate(
                grpo.objective(),
                grpo.lossType().aggregation(),
                grpo.beta() > 0 ? new KlTerm(grpo.klEstimator(), grpo.useBiasCorrectionKl()) : null,
                grpo.entropyCoefficient(),
                grpo.maskTruncatedCompletions(),
                grpo.accumulation(),
                options);
    }
}
