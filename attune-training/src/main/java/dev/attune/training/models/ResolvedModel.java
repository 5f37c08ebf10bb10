package dev.attune.training.models;

import dev.attune.core.provenance.Parent;
import dev.attune.core.provenance.Provenance;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;

/** The directory of a model that a recipe names: by its path, or as {@code hf:owner/name}. */
public record ResolvedModel(Path directory) {
    public static ResolvedModel of(String location) {
        return new ResolvedModel(ModelLocation.resolve(location));
    }

    /** The tokenizer of the directory, for its own model or a new one. */
    public Tokenizer tokenizer() {
        return HuggingFaceTokenizer.load(directory);
    }

    /** The tokenizer of the directory, after checking that the model has an embedding row for each of its ids. */
    public Tokenizer tokenizerOfModel() {
        return Checkpoints.tokenizer(directory);
    }

    /** @param role the model's role in the run */
    public Parent parent(String role) throws IOException {
        return Provenance.parent(role, directory);
    }
}
