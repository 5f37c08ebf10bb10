package dev.attune.training.launch;

import dev.attune.core.provenance.DataSource;
import dev.attune.core.provenance.Parent;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.training.recipe.RolloutSettings;
import dev.attune.training.run.RunListener;
import dev.attune.training.run.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A recipe with its models and data loaded, ready to train. Closing it frees the models. */
interface Job extends AutoCloseable {
    RolloutSettings NO_ROLLOUTS = new RolloutSettings(0, 1);

    Trainer trainer();

    /** The tokenizer of the model that is trained. */
    Tokenizer tokenizer();

    /** The files that were read. */
    List<DataSource> data();

    /** The models that training starts from or uses. */
    List<Parent> parents();

    default RolloutSettings rollouts() {
        return NO_ROLLOUTS;
    }

    /** Writes the method's own reports into the run's folder. Called once, after the last step. */
    default void finish(Path run, RunListener listener) throws IOException {}

    /** Sections for the model card with information for other users of the model; empty if there is nothing. */
    default String modelNotes() {
        return "";
    }

    /** Writes the trained model in Hugging Face layout. */
    void save(Path directory, DType precision);

    @Override
    void close();
}
