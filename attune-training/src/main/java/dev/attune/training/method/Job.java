package dev.attune.training.method;

import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.training.run.RunListener;
import dev.attune.training.run.Trainer;
import java.io.IOException;
import java.nio.file.Path;

/** A recipe with its models and data loaded, ready to train. The {@link RunContext} that opened them closes them. */
public interface Job {
    Trainer trainer();

    /** The tokenizer of the model that is trained. */
    Tokenizer tokenizer();

    /** Writes the trained model in Hugging Face layout. */
    void save(Path directory, DType precision);

    /** Writes the method's own reports into the run's folder. Called once, after the last step. */
    default void finish(Path run, RunListener listener) throws IOException {}

    /** Sections for the model card with information for other users of the model; empty if there is nothing. */
    default String modelNotes() {
        return "";
    }
}
