package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of kind 2: characters of several tokens, bytes that are no UTF-8, spaces. */
class ServeTextTest extends ServeTest {
    @ParameterizedTest
    @ValueSource(strings = {"歪 😀", "👩‍👩‍👧 und ß", "\\ud83d\\ude00\\u6b6a", " a\\nb\\t  c "})
    void charactersAreNeverCut(String text) {
        ObjectNode body = chat(schema("{'const':'" + text + "'}"));

        List<JsonNode> chunks = chunks(body);

        String expected = object("{\"a\":\"" + text + "\"}").get("a").stringValue();
        assertThat(object("{\"a\":" + joined(chunks, 0) + "}").get("a").stringValue())
                .isEqualTo(expected);
        for (JsonNode chunk : chunks) {
            String content = chunk.at("/choices/0/delta/content").asString("");
            assertThat(content).doesNotContain("\uFFFD");
            assertThat(content.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
        }
        assertThat(ask(body).at("/choices/0/message/content").stringValue()).isEqualTo(joined(chunks, 0));
    }

    @Test
    void bytesThatAreNoUtf8BecomeTheReplacementCharacter() {
        ObjectNode body = text("{'model':'stories','logit_bias':{'243':100},'max_tokens':2}");

        assertThat(ask(body).at("/choices/0/text").stringValue()).isEqualTo("\uFFFD\uFFFD");
        assertThat(joined(chunks(body), 0)).isEqualTo("\uFFFD\uFFFD");
        assertThat(ask(text("{'model':'stories','max_tokens':1}"))
                        .at("/choices/0/text")
                        .stringValue())
                .isNotEmpty();
    }

    @Test
    void spacesAtTheEdgesOfPiecesStay() {
        ObjectNode body = text("{'logit_bias':{'11345':100},'max_tokens':2}");

        assertThat(ask(body).at("/choices/0/text").stringValue()).isEqualTo(" beta beta");
        assertThat(joined(chunks(body), 0)).isEqualTo(" beta beta");
    }

    @Test
    void spacesOfPiecesWithMarksStay() {
        stories.script(storyTokenizer.idOf("▁was"), storyTokenizer.idOf("▁a"));

        assertThat(ask(text("{'model':'stories','max_tokens':2}"))
                        .at("/choices/0/text")
                        .stringValue())
                .isEqualTo(" was a");
    }

    @Test
    void specialTokensAreNotShown() {
        engine.script(BETA, 1, BETA);

        assertThat(ask(text()).at("/choices/0/text").stringValue()).isEqualTo("betabeta");
        assertThat(joined(chunks(chat()), 0)).isEqualTo("betabeta");
    }
}
