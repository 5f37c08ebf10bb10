package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Faults of kinds 15 and 16: prompts, biases, fields that are not served. */
class ServeFieldsTest extends ServeTest {
    @Test
    void allFormsOfPromptsWork() {
        JsonNode texts = ask(text("{'prompt':['Hello','Hi'],'n':2}"));
        JsonNode ids = ask(text("{'prompt':[[19556],[26843]],'n':2}"));

        assertThat(texts.get("choices").size()).isEqualTo(4);
        assertThat(ids.get("choices")).isEqualTo(texts.get("choices"));
        assertThat(ids.get("usage")).isEqualTo(texts.get("usage"));
        assertThat(texts.at("/usage/prompt_tokens").intValue()).isEqualTo(2);
        assertThat(ask(text("{'prompt':[19556]}")).at("/usage/prompt_tokens").intValue())
                .isEqualTo(1);
        assertThat(engine.last.prompt()).containsExactly(19556);
        JsonNode echoed = ask(text("{'prompt':['Hello','Hi'],'n':2,'echo':true,'max_tokens':1}"));
        assertThat(echoed.get("choices")
                        .valueStream()
                        .map(choice -> choice.get("text").stringValue().substring(0, 2)))
                .containsExactly("He", "He", "Hi", "Hi");
    }

    @Test
    void anEmptyPromptIsTheFirstToken() {
        ask(text("{'prompt':''}"));
        assertThat(engine.last.prompt()).containsExactly(1);
        refused(400, text("{'prompt':[]}"));
        refused(400, text("{'prompt':[[]]}"));
    }

    @Test
    void fieldsReachTheEngine() {
        ask(text("{'temperature':0.5,'top_p':0.9,'top_k':7,'min_p':0.1,'repetition_penalty':1.2,'presence_penalty':-1,"
                + "'frequency_penalty':1.5,'logit_bias':{'5':-100,'6':2.5},'n':2,'best_of':2,'max_tokens':3.0}"));

        assertThat(engine.last.temperature()).isEqualTo(0.5);
        assertThat(engine.last.topP()).isEqualTo(0.9);
        assertThat(engine.last.topK()).isEqualTo(7);
        assertThat(engine.last.minP()).isEqualTo(0.1);
        assertThat(engine.last.repetitionPenalty()).isEqualTo(1.2);
        assertThat(engine.last.presencePenalty()).isEqualTo(-1);
        assertThat(engine.last.frequencyPenalty()).isEqualTo(1.5);
        assertThat(engine.last.logitBias()).containsEntry(5, -100.0).containsEntry(6, 2.5);
        assertThat(engine.last.maxNewTokens()).isEqualTo(3);
        assertThat(engine.last.endTokens()).containsExactly(2);
        ask(text("{'temperature':null}"));
        assertThat(engine.last.temperature()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'logit_bias':{'49152':5}|logit_bias",
                "'logit_bias':{'-1':5}|logit_bias",
                "'logit_bias':{'a':5}|logit_bias",
                "'logit_bias':{'5':101}|logit_bias",
                "'logit_bias':{'5':'x'}|logit_bias",
                "'logit_bias':[1]|logit_bias",
                "'suffix':' world'|suffix",
                "'best_of':4|best_of",
                "'prompt':5|prompt",
                "'prompt':null|prompt",
                "'prompt':{}|prompt",
                "'prompt':['a',5]|prompt",
                "'prompt':[1,'a']|prompt",
                "'prompt':[49152]|prompt",
                "'prompt':[-1]|prompt",
                "'prompt':[1.5]|prompt",
                "'temperature':2.1|temperature",
                "'temperature':'0'|temperature",
                "'temperature':-0.1|temperature",
                "'top_p':0|top_p",
                "'top_p':1.1|top_p",
                "'top_k':-2|top_k",
                "'presence_penalty':2.5|presence_penalty",
                "'frequency_penalty':-2.5|frequency_penalty",
                "'repetition_penalty':0|repetition_penalty",
                "'n':0|n",
                "'n':129|n",
                "'n':1.5|n",
                "'max_tokens':0|max_tokens",
                "'max_tokens':-1|max_tokens",
                "'max_tokens':'8'|max_tokens",
                "'stop':5|stop",
                "'stop':['a',5]|stop",
                "'stop':''|stop",
                "'stream':'yes'|stream",
                "'stream_options':{'include_usage':true}|stream_options",
                "'stream':true,'stream_options':{'other':true}|stream_options.other",
                "'echo':1|echo",
                "'temprature':1|temprature",
                "'model':5|model",
            })
    void wrongFieldsAreNamed(String field, String param) {
        assertThat(refused(400, text("{" + field + "}")).get("param").stringValue())
                .isEqualTo(param);
    }

    @Test
    void unknownFieldsGetTheMostSimilarName() {
        assertThat(refused(400, text("{'temprature':1}")).get("message").stringValue())
                .contains("temperature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'store':true",
                "'audio':{'voice':'x','format':'mp3'}",
                "'modalities':['text','audio']",
                "'prediction':{'type':'content','content':'x'}",
                "'web_search_options':{}",
                "'service_tier':'flex'",
                "'reasoning_effort':'low'",
                "'functions':[{'name':'a'}]",
                "'function_call':'auto'",
                "'best_of':2",
                "'max_tokens':0",
                "'max_completion_tokens':0",
                "'chat_template_kwargs':{}",
            })
    void fieldsWithoutEffectAreRefused(String field) {
        String name = field.substring(1, field.indexOf('\'', 1));
        assertThat(refused(400, chat("{" + field + "}")).get("param").stringValue())
                .isEqualTo(name);
    }

    @Test
    void harmlessValuesAreAccepted() {
        ask(chat("{'user':'u','metadata':{'a':'b'},'service_tier':'auto','store':false,'parallel_tool_calls':true,"
                + "'logprobs':false,'modalities':['text'],'safety_identifier':'s','prompt_cache_key':'k','tools':[],"
                + "'tool_choice':'auto','logit_bias':{},'stop':[]}"));
        ask(text("{'suffix':'','user':'u','best_of':1}"));
    }

    @Test
    void explicitNullsAreAbsent() {
        ask(chat("{'stop':null,'tools':null,'response_format':null,'seed':null,'logit_bias':null,'n':null,"
                + "'stream_options':null,'temperature':null,'top_p':null,'stream':null,'audio':null,'functions':null,"
                + "'tool_choice':null,'max_completion_tokens':null,'logprobs':null,'top_logprobs':null,'store':null}"));
        ask(text("{'suffix':null,'echo':null,'logprobs':null,'best_of':null}"));
    }

    @Test
    void biasesReachChats() {
        List<JsonNode> chunks = chunks(chat("{'logit_bias':{'17565':100},'max_tokens':3}"));

        assertThat(joined(chunks, 0)).isEqualTo("betabetabeta");
    }
}
