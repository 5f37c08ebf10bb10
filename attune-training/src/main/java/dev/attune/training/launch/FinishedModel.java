package dev.attune.training.launch;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.Folders;
import dev.attune.core.io.WriteFailures;
import dev.attune.core.provenance.Provenance;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.conversation.FittedTemplate;
import dev.attune.model.template.ChatTemplate;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.training.method.Job;
import dev.attune.training.recipe.Precision;
import dev.attune.training.recipe.Recipe;
import dev.attune.training.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes {@code model/}: weights, tokenizer, model card, and the run's provenance with that of its parent models. */
final class FinishedModel {
    private FinishedModel() {}

    /** The directory is written under a temporary name and renamed; an existing one is replaced. */
    static void write(RunDirectory run, Recipe recipe, Job job) {
        Path temporary = AtomicFiles.temporary(run.model());
        try {
            job.save(temporary, dtype(recipe.precision().saveDtype()));
            writeTemplate(temporary, recipe.conversation().template(), job.tokenizer());
            writeEndTokens(temporary, recipe.conversation().options(), job.tokenizer());
            Provenance provenance = Provenance.find(run.path())
                    .orElseThrow(() -> new RunFailedException(run.path() + ": lost its " + Provenance.FILE));
            provenance.write(temporary);
            AtomicFiles.write(temporary.resolve("README.md"), ModelCard.text(recipe, provenance, job.modelNotes()));
            replace(temporary, run.model());
        } catch (IOException e) {
            throw new RunFailedException("cannot write " + run.model() + ": " + WriteFailures.reason(e), e);
        }
    }

    /** Writes the chat template that was used in training next to the model. */
    private static void writeTemplate(Path model, @Nullable String template, Tokenizer tokenizer) throws IOException {
        if (template != null) {
            AtomicFiles.write(model.resolve(ChatTemplate.FILE), FittedTemplate.source(template, tokenizer));
        }
    }

    /** Other readers of the model, such as transformers, end an answer at the tokens that generation_config.json lists. */
    private static void writeEndTokens(Path model, ConversationOptions options, Tokenizer tokenizer) {
        Checkpoints.addEndTokens(
                model, ConversationEncoder.of(tokenizer, options).endTokens());
    }

    private static void replace(Path temporary, Path model) throws IOException {
        Folders.delete(model);
        AtomicFiles.rename(temporary, model);
    }

    private static DType dtype(Precision precision) {
        return switch (precision) {
            case F32 -> DType.FLOAT32;
            case BF16 -> DType.BFLOAT16;
            case F16 -> DType.FLOAT16;
        };
    }
}
