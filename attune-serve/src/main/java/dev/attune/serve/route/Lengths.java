package dev.attune.serve.route;

import dev.attune.serve.error.ApiException;
import dev.attune.serve.model.ModelEntry;
import org.jspecify.annotations.Nullable;

/** Checks that prompts and answers fit a model. Nothing is ever shortened. */
final class Lengths {
    private final ModelEntry entry;
    private final String param;

    /** @param param the field with the text */
    Lengths(ModelEntry entry, String param) {
        this.entry = entry;
        this.param = param;
    }

    /** Refuses a text that cannot fit, without encoding it. */
    void checkCharacters(long characters) {
        int fewest = entry.texts().fewestTokens(characters);
        if (fewest > most()) {
            throw ApiException.tooLong(
                    param, limit() + param + " has " + characters + " characters, at least " + fewest + " tokens");
        }
    }

    /** Refuses a text with more tokens than the model reads. */
    void checkText(int tokens) {
        if (tokens > most()) {
            throw ApiException.tooLong(param, limit() + param + " has " + tokens + " tokens");
        }
    }

    /**
     * The number of tokens that an answer may have.
     *
     * @param asked null: up to the default
     * @param otherwise the default, which is lowered to what is left
     */
    int newTokens(int promptTokens, @Nullable Integer asked, int otherwise) {
        int rest = most() - promptTokens;
        int wanted = asked == null ? Math.min(otherwise, Math.max(rest, 1)) : asked;
        if (wanted > rest) {
            throw ApiException.tooLong(
                    param,
                    limit() + "this request needs " + ((long) promptTokens + wanted) + " tokens, " + promptTokens
                            + " of " + param + " and " + wanted + " of the answer; shorten " + param
                            + (asked == null ? "" : " or lower max_tokens"));
        }
        return wanted;
    }

    private int most() {
        return entry.model().maxPositions();
    }

    private String limit() {
        return "the model '" + entry.name() + "' has a context of " + most() + " tokens, and ";
    }
}
