package dev.attune.training.launch;

import dev.attune.core.error.BadInputException;
import dev.attune.core.provenance.Parent;
import dev.attune.core.provenance.Provenance;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.template.ChatTemplate;
import dev.attune.model.template.PromptEncoder;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model's directory, as recipes name it: by its path, or as {@code hf:owner/name}. */
record ModelPlace(Path directory) {
    /** @throws BadInputException where there is no such directory */
    static ModelPlace of(String location) {
        Path directory = ModelLocation.resolve(location);
        if (!Files.isDirectory(directory)) {
            throw BadInputException.at(
                    location, "no such directory", "a model directory", "check the path in the recipe");
        }
        return new ModelPlace(directory);
    }

    Tokenizer tokenizer() {
        return HuggingFaceTokenizer.load(directory);
    }

    /** @param template the recipe's, or null for the model's own */
    static PromptEncoder encoder(Tokenizer tokenizer, @Nullable String template) {
        return new PromptEncoder(
                tokenizer, template == null ? null : ChatTemplate.named(template, tokenizer.specialTokens()));
    }

    /** @param role what the model is to the run */
    Parent parent(String role) throws IOException {
        return Provenance.parent(role, directory);
    }
}
