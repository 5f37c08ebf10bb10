package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Faults of kind 11: the format of answers. */
class ServeFormatTest extends ServeTest {
    @Test
    void anUnsupportedKeywordIsNamed() {
        JsonNode error = refused(400, chat(schema("{'type':'string','pattern':'^(?<=a)b$'}")));

        assertThat(error.get("param").stringValue()).isEqualTo("response_format");
        assertThat(error.get("message").stringValue()).contains("pattern at #/pattern");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'json_schema'}",
                "{'type':'json_schema','json_schema':{}}",
                "{'type':'json_schema','json_schema':{'name':'t'}}",
                "{'type':'json_schema','json_schema':{'name':5,'schema':{}}}",
                "{'type':'json_schema','json_schema':{'name':'t','schema':'x'}}",
                "{'type':'yaml'}",
                "{'type':5}",
                "{}",
                "'json'",
            })
    void malformedFormatsAreRefused(String format) {
        assertThat(refused(400, chat("{'response_format':" + format + "}"))
                        .get("param")
                        .stringValue())
                .isEqualTo("response_format");
    }

    @Test
    void jsonIsWholeOrCut() {
        JsonNode whole = ask(chat("{'response_format':{'type':'json_object'}}"));
        JsonNode cut = ask(chat("{'response_format':{'type':'json_object'},'max_tokens':2}"));

        assertThat(whole.at("/choices/0/message/content").stringValue()).isEqualTo("{\"a\": 1}");
        assertThat(whole.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
        assertThat(cut.at("/choices/0/finish_reason").stringValue()).isEqualTo("length");
    }

    @Test
    void textIsTheDefault() {
        ask(chat("{'response_format':{'type':'text'}}"));

        assertThat(engine.last.constraint()).isNull();
    }

    @Test
    void eachChoiceHasAConstraintOfItsOwn() {
        JsonNode answer = ask(chat(schema("{'const':'x'}"), "{'n':3}"));

        for (int i = 0; i < 3; i++) {
            assertThat(answer.at("/choices/" + i + "/message/content").stringValue())
                    .isEqualTo("\"x\"");
        }
    }
}
