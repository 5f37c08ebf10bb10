package dev.attune.core.reward.verify;

import dev.attune.core.provider.ProviderSettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a completion that is judged. Only the completion is looked at: what a template writes into the prompt, such
 * as an opening {@code <think>}, is not in it.
 *
 * @param after the text after the last occurrence of this is judged, and nothing is judged if it does not occur; null for the whole
 *     completion
 * @param fenced whether only the last block between lines of three backticks is judged
 */
public record Extraction(@Nullable String after, boolean fenced) {
    /** The whole completion. */
    public static final Extraction WHOLE = new Extraction(null, false);

    private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]*```[^\\n]*$");

    /** Reads the settings {@code after} and {@code fenced}. */
    static Extraction read(ProviderSettings settings) {
        return new Extraction(settings.text("after"), settings.flag("fenced"));
    }

    /** The part, or null if the completion lacks what marks it. */
    @Nullable
    String of(String completion) {
        String text = completion;
        if (after != null) {
            int at = text.lastIndexOf(after);
            if (at < 0) {
                return null;
            }
            text = text.substring(at + after.length());
        }
        return fenced ? lastBlock(text) : text;
    }

    /** What was missing, for the reason of a score. */
    String missing() {
        return fenced ? "no fenced block" : "no '" + after + "' in the completion";
    }

    private static @Nullable String lastBlock(String text) {
        Matcher fences = FENCE.matcher(text);
        String block = null;
        int open = -1;
        while (fences.find()) {
            if (open < 0) {
                open = Math.min(text.length(), fences.end() + 1);
            } else {
                block = text.substring(open, Math.max(open, fences.start()));
                open = -1;
            }
        }
        return block;
    }

    /** A pattern of the settings. */
    static Pattern pattern(ProviderSettings settings, String name, String text, int flags) {
        try {
            return Pattern.compile(text, flags);
        } catch (PatternSyntaxException e) {
            throw settings.invalid(name, "'" + text + "' (" + e.getDescription() + ")", "a regular expression of Java");
        }
    }
}
