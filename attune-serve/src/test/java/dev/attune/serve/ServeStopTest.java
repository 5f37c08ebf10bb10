package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of kind 1: stop strings. */
class ServeStopTest extends ServeTest {
    private static final String BIAS = "{'logit_bias':{'17565':100}}";

    @ParameterizedTest
    @CsvSource({"tabe,be", "be,''", "a,bet", "betabeta,''", "eta,b", "betab,''", "tab,be"})
    void theTextEndsBeforeTheStopString(String stop, String expected) {
        ObjectNode body = text(BIAS, "{'stop':['" + stop + "']}");

        JsonNode choice = ask(body).get("choices").get(0);
        List<JsonNode> chunks = chunks(body);

        assertThat(choice.get("text").stringValue()).isEqualTo(expected);
        assertThat(choice.get("finish_reason").stringValue()).isEqualTo("stop");
        assertThat(joined(chunks, 0)).isEqualTo(expected);
        assertThat(finishes(chunks, 0)).containsExactly("stop");
    }

    @Test
    void aTextThatOnlyCouldBecomeAStopStringIsShownAtTheEnd() {
        ObjectNode body = text(BIAS, "{'stop':'betabetax','max_tokens':2}");

        assertThat(ask(body).at("/choices/0/text").stringValue()).isEqualTo("betabeta");
        assertThat(ask(body).at("/choices/0/finish_reason").stringValue()).isEqualTo("length");
        assertThat(joined(chunks(body), 0)).isEqualTo("betabeta");
    }

    @Test
    void theFirstOfSeveralStopStringsCounts() {
        ObjectNode body = text(BIAS, "{'stop':['abe','eta','zzz','tab']}");

        assertThat(ask(body).at("/choices/0/text").stringValue()).isEqualTo("b");
    }

    @Test
    void aChatWhoseFirstTokenIsTheStopStringHasARoleAnEndAndDone() {
        ObjectNode body = chat(BIAS, "{'stop':['be']}");

        List<JsonNode> chunks = chunks(body);

        assertThat(chunks).hasSize(2);
        assertThat(chunks.get(0).at("/choices/0/delta/role").stringValue()).isEqualTo("assistant");
        assertThat(chunks.get(1).at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
        assertThat(ask(body).at("/choices/0/message/content").stringValue()).isEmpty();
    }

    @Test
    void theEngineStopsWithTheText() {
        ask(text(BIAS, "{'stop':['tabe'],'max_tokens':1000}"));

        assertThat(engine.tokens).isEqualTo(2);
    }
}
