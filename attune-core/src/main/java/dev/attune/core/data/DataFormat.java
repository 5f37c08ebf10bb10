package dev.attune.core.data;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attune.core.error.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a dataset hold. {@link #configName()} names a format in recipes, on the command line and in reports.
 */
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
    /** A prompt, the steps of a solution, and a label for each: correct, wrong or masked. */
    STEPS("steps", "stepwise", "prompt/steps/labels"),
    /** Records of Argilla with responses or suggestions to a ranking question. */
    ARGILLA("argilla", RANKINGS),
    /** Tasks of Label Studio with ranker or pairwise results. */
    LABEL_STUDIO("label-studio", RANKINGS, "labelstudio"),
    /** PKU-SafeRLHF: two responses, the more helpful one and the safer one. */
    PKU_SAFERLHF("pku-saferlhf", RANKINGS),
    /** HelpSteer2 and HelpSteer3: two responses and a strength of preference. */
    HELPSTEER_PREFERENCE("helpsteer-preference", RANKINGS, "helpsteer2-preference", "helpsteer3"),
    /** Nectar: answers with a rank each. */
    NECTAR("nectar", RANKINGS, "ranked-answers"),
    /** Chatbot Arena: two models' conversations or responses, and who won. */
    ARENA("arena", RANKINGS, "chatbot-arena", "lmsys-arena"),
    /** UltraFeedback as published: completions with an overall score each. */
    ULTRAFEEDBACK("ultrafeedback", RANKINGS),
    /** Stanford Human Preferences: two comments and a label. */
    SHP("shp", RANKINGS),
    /** OpenAI's comparisons of summaries. */
    SUMMARIZE_FROM_FEEDBACK("summarize-from-feedback", RANKINGS),
    /** WebGPT: two answers with scores. */
    WEBGPT("webgpt", RANKINGS),
    /** Stack Exchange pairs: the answer with more votes and the one with fewer. */
    STACK_EXCHANGE_PAIRED("stack-exchange-paired", RANKINGS),
    /** distilabel: generations with ratings. */
    DISTILABEL("distilabel", RANKINGS),
    /** OpenAI's preference fine-tuning: a preferred and a non-preferred output. */
    OPENAI_PREFERENCE("openai-preference", PREFERENCES),
    /** LLaMA-Factory: a conversation with chosen and rejected as one message each, or an output of two answers. */
    LLAMA_FACTORY_PREFERENCE("llama-factory-preference", PREFERENCES, "llama-factory-ranking"),
    /** LLaMA-Factory: a conversation or an output with a kto_tag. */
    LLAMA_FACTORY_KTO("llama-factory-kto", LABELS, "kto-tag"),
    /** GSM8K's model solutions: several solutions of a question, each marked correct or not as a whole. */
    GSM8K_SOLUTIONS("gsm8k-solutions", STEPS);

    private final String configName;
    private final @Nullable DataFormat written;
    private final String aliases;

    DataFormat(String configName, String... aliases) {
        this.configName = configName;
        this.written = null;
        this.aliases = String.join(" ", aliases);
    }

    /** A format of another tool or a public dataset, which is read and not written. */
    DataFormat(String configName, DataFormat written, String... aliases) {
        this.configName = configName;
        this.written = written;
        this.aliases = String.join(" ", aliases);
    }

    /** The name that recipes and reports use. */
    @JsonValue
    public String configName() {
        return configName;
    }

    /**
     * The format in which rows of this one are written: itself, or for a format of another tool the equivalent of
     * Attune.
     */
    public DataFormat written() {
        return written == null ? this : written;
    }

    /** Reads a format's name or one of its other names. */
    public static DataFormat parse(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (DataFormat format : values()) {
            if (format.configName.equals(wanted)
                    || List.of(format.aliases.split(" ")).contains(wanted)) {
                return format;
            }
        }
        throw BadInputException.at("format", "'" + name + "'", configNames(), "write one of these or leave it out");
    }

    /** All names in one line. */
    public static String configNames() {
        return Arrays.stream(values()).map(DataFormat::configName).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return configName;
    }
}
