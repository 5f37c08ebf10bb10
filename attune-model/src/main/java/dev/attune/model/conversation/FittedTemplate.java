package dev.attune.model.conversation;

import dev.attune.model.template.ChatTemplate;
import dev.attune.model.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * The template that a recipe names, fitted to a tokenizer: a built-in one begins with the tokens that the tokenizer adds
 * before a text (usually BOS), and an assistant's last turn ends with a token after which generation stops.
 */
public final class FittedTemplate {
    private static final String CHATML = "chatml";
    private static final String CHATML_END = "<|im_end|>";

    /** For {@code chatml} if its end of turn is not a token of the vocabulary. */
    private static final String ENDS_WITH_EOS = "{%- if not add_generation_prompt and messages"
            + " and messages[-1].role == 'assistant' -%}{{- eos_token -}}{%- endif -%}";

    private FittedTemplate() {}

    /**
     * The template that a recipe names.
     *
     * @param name as in {@link ChatTemplate#named}
     */
    public static ChatTemplate named(String name, Tokenizer tokenizer) {
        return ChatTemplate.jinja(ChatTemplate.place(name), source(name, tokenizer), tokenizer.specialTokens());
    }

    /**
     * The Jinja source of the template that a recipe names: the content of {@link ChatTemplate#FILE} in a trained
     * model's directory.
     *
     * @param name as in {@link ChatTemplate#named}
     */
    public static String source(String name, Tokenizer tokenizer) {
        String source = ChatTemplate.source(name);
        return ChatTemplate.BUILT_IN.contains(name) ? fitted(name, source, tokenizer) : source;
    }

    private static String fitted(String name, String source, Tokenizer tokenizer) {
        boolean unended = name.equals(CHATML) && tokenizer.idOf(CHATML_END) == null;
        return eos(tokenizer) + begin(tokenizer) + source + (unended ? ENDS_WITH_EOS : "");
    }

    /** Defines {@code eos_token} if the tokenizer's files give only its id. */
    private static String eos(Tokenizer tokenizer) {
        Integer id = tokenizer.eosId();
        return id == null || tokenizer.specialTokens().containsKey("eos_token")
                ? ""
                : "{%- set eos_token = " + quoted(tokenizer.decodeRaw(new int[] {id})) + " -%}";
    }

    private static String begin(Tokenizer tokenizer) {
        int[] bare = tokenizer.encode("a");
        int[] whole = tokenizer.encodeWithSpecials("a");
        int added = 0;
        while (added + bare.length < whole.length
                && !Arrays.equals(bare, Arrays.copyOfRange(whole, added, added + bare.length))) {
            added++;
        }
        if (added == 0) {
            return "";
        }
        Integer bos = tokenizer.bosId();
        boolean bosAlone = added == 1 && bos != null && bos == whole[0];
        return bosAlone && tokenizer.specialTokens().containsKey("bos_token")
                ? "{{- bos_token -}}"
                : "{{- " + quoted(tokenizer.decodeRaw(Arrays.copyOf(whole, added))) + " -}}";
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
