package dev.attune.serve.request;

import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import dev.attune.serve.fields.Found;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads what {@code prompt} and {@code input} may be: a text, texts, token ids, or several lists of token ids. */
final class PromptReader {
    private static final int MOST = 2048;

    private final String name;
    private final int vocabularySize;

    PromptReader(String name, int vocabularySize) {
        this.name = name;
        this.vocabularySize = vocabularySize;
    }

    List<PromptText> read(Fields request) {
        JsonNode value = request.required(name, "a string, an array of strings, or token ids");
        if (value.isString()) {
            return List.of(PromptText.of(value.stringValue()));
        }
        if (!value.isArray() || value.isEmpty()) {
            throw request.wrong(name, "a string, an array of strings, or token ids");
        }
        if (value.get(0).isNumber()) {
            return List.of(ids(value, name));
        }
        if (value.size() > MOST) {
            throw ApiException.invalid(name, name + ": found " + value.size() + " elements, expected at most " + MOST);
        }
        List<PromptText> prompts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            prompts.add(element(value.get(i), name + "[" + i + "]", value.get(0).isString()));
        }
        return prompts;
    }

    private PromptText element(JsonNode item, String path, boolean text) {
        if (text && item.isString()) {
            return PromptText.of(item.stringValue());
        }
        if (!text && item.isArray()) {
            return ids(item, path);
        }
        throw ApiException.invalid(
                name,
                path + ": found " + Found.of(item) + ", expected " + (text ? "a string" : "an array of token ids"));
    }

    private PromptText ids(JsonNode array, String path) {
        int[] ids = new int[array.size()];
        for (int i = 0; i < ids.length; i++) {
            Long id = Fields.integer(array.get(i));
            if (id == null || id < 0 || id >= vocabularySize) {
                throw ApiException.invalid(
                        name,
                        path + "[" + i + "]: found " + Found.of(array.get(i)) + ", expected a token id from 0 to "
                                + (vocabularySize - 1));
            }
            ids[i] = (int) (long) id;
        }
        return new PromptText(null, ids);
    }
}
