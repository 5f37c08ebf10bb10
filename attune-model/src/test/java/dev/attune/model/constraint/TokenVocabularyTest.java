package dev.attune.model.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("shared")
class TokenVocabularyTest {
    private final List<Vocabularies> vocabularies = Vocabularies.both();

    @Test
    void theBytesOfTokensMakeTheText() {
        String text = "{\"a\": \"one, 歪 😀 é\\n\",\t\"b\":  [1.5e3]}";
        for (Vocabularies one : vocabularies) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            one.tokens(text)
                    .forEach(id -> bytes.writeBytes(
                            Objects.requireNonNull(one.vocabulary().bytes(id))));
            assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(text);
            for (int id : one.tokenizer().controlTokens().values()) {
                assertThat(one.vocabulary().bytes(id)).isNull();
            }
        }
    }

    /** Every token of the vocabulary with its bytes, as its name says. */
    @Test
    void bytesAsTheVocabularyWritesThem() {
        for (Map.Entry<String, String> token :
                Map.of("\u010A", "\n", "\u0120the", " the", "Ã©", "é").entrySet()) {
            Vocabularies one = vocabularies.get(1);
            Integer id = one.tokenizer().idOf(token.getKey());
            assertThat(one.vocabulary().bytes(Objects.requireNonNull(id)))
                    .isEqualTo(token.getValue().getBytes(StandardCharsets.UTF_8));
        }
        for (Map.Entry<String, String> token :
                Map.of("<0x0A>", "\n", "\u2581the", " the").entrySet()) {
            Vocabularies one = vocabularies.get(0);
            Integer id = one.tokenizer().idOf(token.getKey());
            assertThat(one.vocabulary().bytes(Objects.requireNonNull(id)))
                    .isEqualTo(token.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What is allowed, found by trying every token. */
    @Test
    void allowedIsWhatCanBeAccepted() {
        Map<String, List<String>> texts = Map.of(
                "{\"type\":\"object\"}",
                List.of(
                        "",
                        "{",
                        "{\"",
                        "{\"a\":1,\"",
                        "{\"a\":1,\"a",
                        "{\"in\":\"x",
                        "{\"a\":[tru",
                        "{\"a\":-",
                        "{\"\":{\"b\":\"\\u00"),
                "{\"propertyNames\":{\"maxLength\":2},\"properties\":{\"of\":{}},\"type\":\"object\"}",
                List.of("{", "{\"", "{\"in\":1,\"", "{\"in\":1,\"i", "{\"of\":\"", "{\"of\":0"),
                "{\"anyOf\":[{\"pattern\":\"^a+$\",\"maxLength\":9},{\"type\":\"array\",\"contains\":{\"const\":\"b\"}}]}",
                List.of("", "\"a", "[\"", "[\"b\", "));
        texts.forEach((schema, beginnings) -> {
            JsonGrammar grammar = JsonGrammar.of(Json.tree(schema));
            for (String text : beginnings) {
                for (Vocabularies one : vocabularies) {
                    List<Integer> tokens = text.isEmpty() ? List.of() : one.tokens(text);
                    assertThat(after(grammar, tokens, one).allowed(1_000_000))
                            .as(schema + " " + text)
                            .isEqualTo(tried(grammar, tokens, one));
                }
            }
        });
    }

    private static JsonConstraint after(JsonGrammar grammar, List<Integer> tokens, Vocabularies one) {
        JsonConstraint constraint = new JsonConstraint(grammar, one.vocabulary());
        tokens.forEach(constraint::accept);
        return constraint;
    }

    private static BitSet tried(JsonGrammar grammar, List<Integer> tokens, Vocabularies one) {
        BitSet can = new BitSet();
        JsonConstraint constraint = after(grammar, tokens, one);
        for (int id = 0; id < one.vocabulary().size(); id++) {
            try {
                constraint.accept(id);
                can.set(id);
                constraint = after(grammar, tokens, one);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("token " + id);
            }
        }
        return can;
    }
}
