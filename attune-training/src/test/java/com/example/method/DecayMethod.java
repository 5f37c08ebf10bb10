package com.example.method;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.method.Job;
import dev.attune.training.method.RunContext;
import dev.attune.training.method.TrainingMethod;
import dev.attune.training.models.ResolvedModel;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.recipe.RunDefaults;
import dev.attune.training.recipe.RunSettings;
import dev.attune.training.run.StepReport;
import dev.attune.training.run.Trainer;
import dev.attune.training.run.TrainerState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A method that is not Attune's: each step multiplies all weights by a factor. */
public final class DecayMethod implements TrainingMethod<DecayMethod.DecayRecipe> {
    /** The recipe: what every run has, and the factor. */
    public record DecayRecipe(@JsonUnwrapped RunSettings run, double factor) implements Recipe {}

    @Override
    public String name() {
        return "decay";
    }

    @Override
    public String summary() {
        return "multiplies all weights by a factor";
    }

    @Override
    public DecayRecipe read(SectionReader fields) {
        RunSettings run =
                RunSettings.read(fields, RunDefaults.ofRollouts(1).withDataReplaced("because nothing is learned"));
        run.storedModel(fields);
        return new DecayRecipe(run, fields.number("factor", 0.5, Range.PROPER_FRACTION));
    }

    @Override
    public Job open(DecayRecipe recipe, RunContext context) throws IOException {
        ResolvedModel model = context.start();
        Tokenizer tokenizer = context.tokenizer(model);
        CausalLm policy = context.policy(model);
        int steps = recipe.steps() == null ? 1 : recipe.steps();
        return new DecayJob(policy, tokenizer, context.own(new DecayTrainer(policy, steps, recipe.factor())));
    }

    private record DecayJob(CausalLm model, Tokenizer tokenizer, Trainer trainer) implements Job {
        @Override
        public void save(Path directory, DType precision) {
            Checkpoints.saveCausal(directory, model, tokenizer, precision);
        }
    }

    private record DecayTrainer(CausalLm model, int steps, double factor) implements Trainer {
        @Override
        public StepReport step(int step) {
            Tensor weights = model.parameters().trained();
            try (NoGrad off = NoGrad.on();
                    Scope scope = Scope.open()) {
                weights.copyInPlace(weights.times(factor));
                return StepReport.of(
                        Map.of("norm", Math.sqrt(weights.square().sum().item())));
            }
        }

        @Override
        public Map<String, Double> evaluate() {
            return Map.of();
        }

        @Override
        public TrainerState state() {
            return TrainerState.of(
                    Map.of(TrainerState.POLICY, model.parameters().trained()));
        }

        @Override
        public void close() {}
    }
}
