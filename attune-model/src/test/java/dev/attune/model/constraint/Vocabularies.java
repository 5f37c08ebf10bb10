package dev.attune.model.constraint;

import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tokenizers of the shared folder with their vocabularies. */
record Vocabularies(HuggingFaceTokenizer tokenizer, TokenVocabulary vocabulary) {
    static Vocabularies load(String model) {
        HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.load(Path.of(System.getProperty("attune.shared"), "models", model));
        return new Vocabularies(tokenizer, TokenVocabulary.of(tokenizer, tokenizer.vocabularySize()));
    }

    static List<Vocabularies> both() {
        return List.of(load("stories260K"), load("SmolLM2-135M-Instruct"));
    }

    /** The tokens of a text in the middle of another: without the space that a tokenizer may put before it. */
    List<Integer> tokens(String text) {
        List<Integer> ids = new ArrayList<>();
        for (int id : tokenizer.encode(text)) {
            ids.add(id);
        }
        byte[] first = vocabulary.bytes(ids.get(0));
        if (first != null && first.length > 0 && first[0] == ' ') {
            ids.remove(0);
            for (int i = first.length - 1; i > 0; i--) {
                ids.add(0, single(first[i]));
            }
        }
        return ids;
    }

    private int single(byte value) {
        for (int id = 0; id < vocabulary.size(); id++) {
            byte[] bytes = vocabulary.bytes(id);
            if (bytes != null && bytes.length == 1 && bytes[0] == value) {
                return id;
            }
        }
        throw new IllegalStateException("no token of the byte " + value);
    }
}
