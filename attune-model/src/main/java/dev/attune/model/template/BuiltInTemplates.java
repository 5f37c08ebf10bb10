package dev.attune.model.template;

import dev.attune.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The templates that come with Attune, fitted to a tokenizer: they begin with the tokens that the tokenizer adds before
 * a text (usually BOS), and an assistant's last turn ends with a token after which generation stops.
 */
final class BuiltInTemplates {
    static final List<String> NAMES = List.of("plain", "human-assistant", "chatml", "answer");

    private static final String CHATML = "chatml";
    private static final String CHATML_END = "<|im_end|>";

    /** For {@code chatml} if its end of turn is not a token of the vocabulary. */
    private static final String ENDS_WITH_EOS = "{%- if not add_generation_prompt and messages"
            + " and messages[-1].role == 'assistant' -%}{{- eos_token -}}{%- endif -%}";

    private BuiltInTemplates() {}

    /** The Jinja source of a template without a tokenizer. */
    static String source(String name) {
        String resource = name + ".jinja";
        try (InputStream in = ChatTemplate.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Jinja source of a template for a tokenizer. */
    static String source(String name, Tokenizer tokenizer) {
        boolean unended = name.equals(CHATML) && tokenizer.idOf(CHATML_END) == null;
        return eos(tokenizer) + begin(tokenizer) + source(name) + (unended ? ENDS_WITH_EOS : "");
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
