package dev.attune.training.kto;

import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.LengthLimit;
import dev.attune.training.batch.SequenceEncoder;
import dev.attune.training.data.RunData;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.models.ResolvedModel;
import dev.attune.training.preference.Reference;
import dev.attune.training.preference.References;
import dev.attune.training.preference.RowPlan;
import dev.attune.training.recipe.DataSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** KTO of a policy on judged completions. */
record KtoJob(CausalLm policy, Tokenizer tokenizer, KtoTrainer trainer) implements Job {
    static KtoJob open(KtoRecipe recipe, RunContext context) throws IOException {
        ResolvedModel model = context.start();
        Tokenizer tokenizer = context.tokenizer(model);
        DataSettings settings = recipe.run().dataOrFail();
        SequenceEncoder encoder =
                SequenceEncoder.forCompletions(context.encoder(tokenizer), LengthLimit.of(settings, tokenizer.bosId()));
        RunData data = RunData.read(settings, recipe.evaluate(), recipe.seed(), encoder, context.listener());
        context.addData(data.sources());
        List<JudgedCompletion> train = JudgedCompletion.of(data.train(), encoder);
        List<JudgedCompletion> heldOut =
                data.heldOut().isEmpty() ? List.of() : JudgedCompletion.of(data.heldOutSet(), encoder);
        noteBalance(recipe, train, context);
        Reference reference = References.cached(
                context, recipe.reference(), tokenizer, recipe.batch().micro());
        CausalLm policy = context.policy(model);
        KtoTrainer trainer = context.own(new KtoTrainer(
                policy,
                reference,
                train,
                heldOut,
                settings.maxLength(),
                recipe.kto(),
                RowPlan.of(recipe, recipe.batch(), recipe.epochs())));
        return new KtoJob(policy, tokenizer, trainer);
    }

    private static void noteBalance(KtoRecipe recipe, List<JudgedCompletion> train, RunContext context) {
        long wanted = train.stream().filter(JudgedCompletion::desirable).count();
        String hint = recipe.kto().equation().balanceHint(wanted, train.size() - wanted);
        if (hint != null) {
            context.listener().note(hint);
        }
    }

    @Override
    public void save(Path directory, DType precision) {
        Checkpoints.saveCausal(directory, policy, tokenizer, precision);
    }
}
