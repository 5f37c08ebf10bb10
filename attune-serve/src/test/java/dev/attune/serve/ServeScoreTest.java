package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.text.PromptCompletion;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.serve.model.Scorer;
import dev.attune.serve.model.ServedModel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Faults of kind 14: scores. */
class ServeScoreTest extends ServeTest {
    @Override
    ServedModel chatModel() {
        ConversationEncoder encoder = ConversationEncoder.of(chatTokenizer);
        Scorer scorer = new Scorer() {
            @Override
            public List<Double> scores(List<PromptCompletion> samples) {
                return samples.stream().map(sample -> -tokens(sample) / 2.0).toList();
            }

            @Override
            public int tokens(PromptCompletion sample) {
                return encoder.scoring(sample).length();
            }
        };
        return new ServedModel(
                M, Set.of(), encoder, new PieceBytes(chatTokenizer), 8192, 49152, null, null, null, scorer);
    }

    private JsonNode score(String fields) {
        var answer = post("/v1/score", with("{'model':'smollm2'}", fields).toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return object(answer.body());
    }

    @Test
    void allFormsGiveTheSameScores() {
        JsonNode items =
                score("{'items':[{'prompt':'Hello','completion':' world'},{'prompt':'Hello','completion':'!'}]}");
        JsonNode pairs = score("{'text_1':'Hello','text_2':[' world','!']}");

        assertThat(items.get("data").toString())
                .isEqualTo(
                        "[{\"index\":0,\"object\":\"score\",\"score\":-1.5},{\"index\":1,\"object\":\"score\",\"score\":-1.5}]");
        assertThat(pairs.get("data")).isEqualTo(items.get("data"));
        assertThat(items.at("/usage/prompt_tokens").intValue()).isEqualTo(6);
        JsonNode messages = score("{'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':'Yes'}]}");
        JsonNode item = score("{'items':[{'messages':[{'role':'user','content':'Hi'}],'completion':'Yes'}]}");
        assertThat(messages.get("data")).isEqualTo(item.get("data"));
    }

    @Test
    void onlyShortEnoughTextsAreScored() {
        JsonNode error = refused(
                400,
                "/v1/score",
                with("{'model':'smollm2','text_1':'Hello','text_2':['short','" + longText(9000) + "']}")
                        .toString());

        assertThat(error.get("code").stringValue()).isEqualTo("context_length_exceeded");
        assertThat(error.get("message").stringValue()).contains("8192").contains("9002");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'text_1':'a'}",
                "{'text_1':['a','b'],'text_2':['c']}",
                "{'text_1':'a','text_2':[]}",
                "{'items':[]}",
                "{'items':[{'prompt':'a'}]}",
                "{'items':[{'completion':'a'}]}",
                "{'messages':[{'role':'user','content':'Hi'}]}",
                "{'items':[{'prompt':'a','completion':'b'}],'text_1':'a'}",
                "{'text_1':'a','text_2':'b','truncate_prompt_tokens':5}",
            })
    void wrongRequestsAreRefused(String fields) {
        refused(400, "/v1/score", with("{'model':'smollm2'}", fields).toString());
    }

    @Test
    void otherRoutesNeedAnotherModel() {
        assertThat(refused(400, chat()).get("message").stringValue()).contains("/v1/score");
        assertThat(refused(400, "/v1/score", "{\"model\":\"stories\",\"text_1\":\"a\",\"text_2\":\"b\"}")
                        .get("param")
                        .stringValue())
                .isEqualTo("model");
    }
}
