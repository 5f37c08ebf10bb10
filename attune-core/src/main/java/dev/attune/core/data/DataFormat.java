package dev.attune.core.data;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attune.core.error.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the rows of a dataset hold. {@link #word()} names a format in recipes, on the command line and in reports. */
public enum DataFormat {
    /** A prompt, as text or messages. */
    PROMPTS("prompts", "prompt"),
    /** A prompt and its completion. */
    PROMPT_COMPLETION("prompt/completion", "prompt-completion", "completions"),
    /** A conversation as a list of role and content. */
    MESSAGES("messages", "chat"),
    /** A prompt and two completions, the better one named. */
    PREFERENCES("prompt/chosen/rejected", "preferences", "pairs"),
    /** Two whole dialogues that differ in the last turn, as in hh-rlhf. */
    DIALOGUES("chosen/rejected", "hh-rlhf", "hh", "dialogues"),
    /** Conversations as lists of {@code from} and {@code value}. */
    SHAREGPT("sharegpt"),
    /** Orders of several completions of a prompt. */
    RANKINGS("rankings"),
    /** A prompt, a completion and its reward. */
    LABELS("labels"),
    /** Completions of a prompt that are to be ranked. */
    TASKS("tasks", "prompt/completions"),
    /** Records of Argilla with responses or suggestions to a ranking question; they are read, not written. */
    ARGILLA("argilla"),
    /** Tasks of Label Studio with ranker or pairwise results; they are read, not written. */
    LABEL_STUDIO("label-studio", "labelstudio");

    private final String word;
    private final String aliases;

    DataFormat(String word, String... aliases) {
        this.word = word;
        this.aliases = String.join(" ", aliases);
    }

    /** The name that recipes and reports use. */
    @JsonValue
    public String word() {
        return word;
    }

    /** The format in which what was read from this one is written: other tools' answers are rankings. */
    public DataFormat written() {
        return this == ARGILLA || this == LABEL_STUDIO ? RANKINGS : this;
    }

    /** Reads a format's name or one of its other names. */
    public static DataFormat parse(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        for (DataFormat format : values()) {
            if (format.word.equals(wanted) || List.of(format.aliases.split(" ")).contains(wanted)) {
                return format;
            }
        }
        throw BadInputException.at("format", "'" + word + "'", words(), "write one of these or leave it out");
    }

    /** All names in one line. */
    public static String words() {
        return Arrays.stream(values()).map(DataFormat::word).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return word;
    }
}
