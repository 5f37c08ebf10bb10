package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of kind 9: log-probabilities. */
class ServeLogProbsTest extends ServeTest {
    @Test
    void chatsHaveOneEntryPerToken() {
        engine.script(ids("Hello there friend"));

        JsonNode content = ask(chat("{'logprobs':true}")).at("/choices/0/logprobs/content");

        assertThat(content.size()).isEqualTo(3);
        assertThat(content.get(1).toString())
                .isEqualTo(
                        "{\"token\":\" there\",\"logprob\":-0.5,\"bytes\":[32,116,104,101,114,101],\"top_logprobs\":[]}");
        assertThat(ask(chat("{'logprobs':true,'top_logprobs':2}"))
                        .at("/choices/0/logprobs/content/0/top_logprobs")
                        .size())
                .isEqualTo(2);
        assertThat(ask(chat()).at("/choices/0/logprobs").isNull()).isTrue();
    }

    @Test
    void bytesAreTheTokensOwn() {
        JsonNode entry = ask(chat("{'logprobs':true,'logit_bias':{'40303':100},'max_tokens':1}"))
                .at("/choices/0/logprobs/content/0");

        assertThat(entry.get("bytes").toString()).isEqualTo("[32,240,159,152]");
        assertThat(entry.get("token").stringValue()).isEqualTo("bytes:\\x20\\xf0\\x9f\\x98");
    }

    @Test
    void heldBackTokensKeepTheirEntries() {
        ObjectNode body = text("{'logprobs':1,'logit_bias':{'17565':100},'stop':['tabe']}");

        JsonNode whole = ask(body).at("/choices/0/logprobs");
        List<JsonNode> chunks = chunks(body);

        for (String key : List.of("tokens", "token_logprobs", "top_logprobs", "text_offset")) {
            List<JsonNode> joined = new ArrayList<>();
            chunks.forEach(chunk -> chunk.at("/choices/0/logprobs/" + key).forEach(joined::add));
            assertThat(joined).as(key).isEqualTo(whole.get(key).valueStream().toList());
        }
        assertThat(whole.toString())
                .isEqualTo("{\"tokens\":[\"beta\",\"beta\"],\"token_logprobs\":[-0.5,-0.5],"
                        + "\"top_logprobs\":[{\"beta\":-0.5},{\"beta\":-0.5}],\"text_offset\":[0,4]}");
        assertThat(finishes(chunks, 0)).containsExactly("stop");
    }

    @Test
    void chatStreamsHaveTheSameEntries() {
        for (String more : List.of("{}", "{'stop':['thereX']}", schema("{'const':'歪 😀'}"))) {
            engine.script(ids("Hello there 😀 friend"));
            ObjectNode body = chat("{'logprobs':true,'top_logprobs':1}", more);
            List<JsonNode> joined = new ArrayList<>();
            chunks(body)
                    .forEach(chunk -> chunk.at("/choices/0/logprobs/content").forEach(joined::add));
            assertThat(joined)
                    .isEqualTo(ask(body)
                            .at("/choices/0/logprobs/content")
                            .valueStream()
                            .toList());
        }
    }

    @Test
    void promptsHaveLogProbabilitiesWithEcho() {
        for (String prompt : List.of("'Once upon a time'", "[1,403,407,261,378]")) {
            JsonNode answer =
                    ask(text("{'model':'stories','echo':true,'logprobs':1,'max_tokens':0,'prompt':" + prompt + "}"));
            JsonNode logProbs = answer.at("/choices/0/logprobs");

            assertThat(answer.at("/choices/0/text").stringValue()).isEqualTo("Once upon a time");
            assertThat(logProbs.get("tokens").toString()).isEqualTo("[\"<s>\",\" Once\",\" upon\",\" a\",\" time\"]");
            assertThat(logProbs.get("token_logprobs").toString()).isEqualTo("[null,-0.125,-0.25,-0.375,-0.5]");
            assertThat(logProbs.get("top_logprobs").get(0).isNull()).isTrue();
            assertThat(logProbs.get("text_offset").toString()).isEqualTo("[0,0,4,9,11]");
            assertThat(answer.at("/usage/completion_tokens").intValue()).isZero();
        }
    }

    @Test
    void echoWithAnAnswerAndStreamed() {
        engine.script(ids(" there friend"));
        ObjectNode body = text("{'echo':true,'logprobs':0,'stop':['Hello','end']}");

        JsonNode answer = ask(body).at("/choices/0");

        assertThat(answer.get("text").stringValue()).isEqualTo("Hello there fri");
        assertThat(answer.at("/logprobs/text_offset").toString()).isEqualTo("[0,5,11]");
        assertThat(joined(chunks(body), 0)).isEqualTo("Hello there fri");
    }

    @Test
    void zeroMeansTheChosenTokenAlone() {
        JsonNode logProbs = ask(text("{'logprobs':0}")).at("/choices/0/logprobs");

        assertThat(logProbs.get("token_logprobs").size()).isEqualTo(8);
        assertThat(logProbs.get("top_logprobs").isNull()).isTrue();
    }

    @Test
    void allNumbersAreFinite() {
        String answer = ask(text("{'logprobs':5,'logit_bias':{'260':-100},'top_p':0.01}"))
                .toString();

        assertThat(answer).doesNotContain("Infinity").doesNotContain("NaN").contains("-9999");
    }

    @Test
    void alternativesNeedLogProbabilities() {
        assertThat(refused(400, chat("{'top_logprobs':2}")).get("param").stringValue())
                .isEqualTo("top_logprobs");
        assertThat(refused(400, chat("{'logprobs':true,'top_logprobs':21}"))
                        .get("param")
                        .stringValue())
                .isEqualTo("top_logprobs");
        assertThat(refused(400, chat("{'logprobs':1}")).get("param").stringValue())
                .isEqualTo("logprobs");
        assertThat(refused(400, text("{'logprobs':true}")).get("param").stringValue())
                .isEqualTo("logprobs");
        assertThat(refused(400, text("{'logprobs':21}")).get("param").stringValue())
                .isEqualTo("logprobs");
    }
}
