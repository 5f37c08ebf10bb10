package dev.attune.training.preference;

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
import dev.attune.training.recipe.DataSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Training of a policy on pairs of completions. */
public record PreferenceJob(CausalLm policy, Tokenizer tokenizer, PreferenceTrainer trainer) implements Job {
    /** Loads the models and the data of a recipe. */
    public static PreferenceJob open(PreferenceRecipe recipe, RunContext context) throws IOException {
        ResolvedModel model = context.start();
        Tokenizer tokenizer = context.tokenizer(model);
        DataSettings settings = recipe.run().dataOrFail();
        SequenceEncoder encoder =
                SequenceEncoder.forCompletions(context.encoder(tokenizer), LengthLimit.of(settings, tokenizer.bosId()));
        RunData data = RunData.read(settings, recipe.evaluate(), recipe.seed(), encoder, context.listener());
        context.addData(data.sources());
        List<TokenPair> train = TokenPair.of(data.train(), settings.pairOptions(), encoder, context.listener()::note);
        List<TokenPair> heldOut = data.heldOut().isEmpty()
                ? List.of()
                : TokenPair.of(data.heldOutSet(), settings.pairOptions(), encoder, context.listener()::note);
        String location = recipe.reference();
        Reference reference = location == null
                ? null
                : References.cached(context, location, tokenizer, recipe.batch().micro());
        CausalLm policy = context.policy(model);
        PreferenceTrainer trainer = context.own(new PreferenceTrainer(
                policy, reference, train, heldOut, recipe.loss(), RowPlan.of(recipe, recipe.batch(), recipe.epochs())));
        return new PreferenceJob(policy, tokenizer, trainer);
    }

    @Override
    public void save(Path directory, DType precision) {
        Checkpoints.saveCausal(directory, policy, tokenizer, precision);
    }
}
