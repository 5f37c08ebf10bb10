package dev.attune.core.data;

import static dev.attune.core.data.DatasetFormatsTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of public preference sets: read with their meaning, or refused by name. */
class PublicSetsTest {
    @TempDir
    Path folder;

    private Dataset read(DataFormat expected, String... rows) throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), json(String.join("\n", rows)) + "\n");
        Dataset data = Dataset.read(file, ReadOptions.defaults().withOnFault(OnFault.FAIL));
        assertThat(data.format()).isEqualTo(expected);
        Dataset named = Dataset.read(file, ReadOptions.defaults().withFormat(DataFormat.parse(expected.configName())));
        assertThat(List.<Row>copyOf(named.rows())).isEqualTo(List.<Row>copyOf(data.rows()));
        return data;
    }

    private Fault fault(String row) throws IOException {
        Path file = Files.writeString(folder.resolve("f.jsonl"), json(row) + "\n");
        return DatasetInspector.inspect(file, ReadOptions.defaults(), null)
                .faults()
                .get(0);
    }

    /** Completions best first, ties joined by an equals sign. */
    private static String order(Ranking ranking) {
        return String.join(
                " > ",
                ranking.order().stream()
                        .map(group -> String.join(
                                " = ",
                                group.stream()
                                        .map(index ->
                                                ranking.completions().get(index).text())
                                        .toList()))
                        .toList());
    }

    @Test
    void pkuSafeRlhfHasTwoCriteria() throws IOException {
        Dataset data = read(
                DataFormat.PKU_SAFERLHF,
                "{'prompt':'How?','prompt_source':'s','response_0':'A','response_1':'B','response_0_source':'m0',"
                        + "'response_1_source':'m1','is_response_0_safe':true,'is_response_1_safe':false,"
                        + "'better_response_id':1,'safer_response_id':0}");
        assertThat(data.rankings())
                .extracting(ranking -> ranking.id() + " " + ranking.criterion() + ": " + order(ranking))
                .containsExactly("line-1-1 better: B > A", "line-1-2 safer: A > B");
        assertThat(data.rankings().get(0).completions())
                .containsExactly(new Ranking.Completion("A", "m0"), new Ranking.Completion("B", "m1"));
        assertThat(data.rowsOf(Row.RankingRow.class)).noneMatch(Row.RankingRow::named);
        assertThat(data.report().unusedKeys().keySet())
                .containsExactly("prompt_source", "is_response_0_safe", "is_response_1_safe");
        assertThat(fault("{'prompt':'p','response_0':'A','response_1':'B','better_response_id':2}")
                        .key())
                .isEqualTo("better_response_id");
    }

    @ParameterizedTest
    @CsvSource({"-3,A > B", "-1,A > B", "0,A = B", "2,B > A", "3.0,B > A"})
    void helpSteerStrengthsAreNegativeForTheFirst(String strength, String order) throws IOException {
        Dataset two = read(
                DataFormat.HELPSTEER_PREFERENCE,
                "{'split':'train','prompt':'p','response_1':'A','response_2':'B','preference_strength':" + strength
                        + ",'preference_statement':'x'}");
        assertThat(order(two.rankings().get(0))).isEqualTo(order);
        assertThat(two.report().unusedKeys().keySet()).containsExactly("split", "preference_statement");
        Dataset three = read(
                DataFormat.HELPSTEER_PREFERENCE,
                "{'context':[{'role':'user','content':'hi'}],'response1':'A','response2':'B','overall_preference':"
                        + strength + "}");
        assertThat(order(three.rankings().get(0))).isEqualTo(order);
        assertThat(three.prompts()).containsExactly(Prompt.chat(Message.user("hi")));
    }

    @Test
    void nectarRanksSevenAnswers() throws IOException {
        Dataset data = read(
                DataFormat.NECTAR,
                "{'prompt':'\\n\\nHuman: hi\\n\\nAssistant: ho\\n\\nHuman: and?\\n\\nAssistant: ','turns':2,'answers':["
                        + "{'answer':'a','model':'m1','rank':3.0},{'answer':'b','model':'m2','rank':1.0},"
                        + "{'answer':'c','model':'m3','rank':2.0},{'answer':'d','model':'m4','rank':7.0},"
                        + "{'answer':'e','model':'m5','rank':5.0},{'answer':'f','model':'m6','rank':6.0},"
                        + "{'answer':'g','model':'m7','rank':4.0}]}");
        Ranking ranking = data.rankings().get(0);
        assertThat(order(ranking)).isEqualTo("b > c > a > g > e > f > d");
        assertThat(ranking.completions().get(1)).isEqualTo(new Ranking.Completion("b", "m2"));
        assertThat(ranking.prompt())
                .isEqualTo(Prompt.chat(Message.user("hi"), Message.assistant("ho"), Message.user("and?")));
        assertThat(data.report().unusedKeys()).containsExactly(Map.entry("turns", 1L));
    }

    @ParameterizedTest
    @CsvSource({"model_a,A > B,false", "model_b,B > A,false", "tie,A = B,false", "tie (bothbad),A = B,true"})
    void arenaBattlesHaveAWinner(String winner, String order, boolean allBad) throws IOException {
        String first =
                "{'role':'user','content':'hi'},{'role':'assistant','content':'ho'},{'role':'user','content':'q'},";
        String row =
                "{'question_id':'x','model_a':'m1','model_b':'m2','winner':'" + winner + "','judge':'ann','turn':2,"
                        + "'tstamp':1682351591.5,'conversation_a':[" + first + "{'role':'assistant','content':'A'}],"
                        + "'conversation_b':[" + first + "{'role':'assistant','content':'B'}]}";
        Ranking ranking = read(DataFormat.ARENA, row).rankings().get(0);
        assertThat(order(ranking)).isEqualTo(order);
        assertThat(ranking.allBad()).isEqualTo(allBad);
        assertThat(ranking.labeler()).isEqualTo("ann");
        assertThat(ranking.time()).isEqualTo("2023-04-24T15:53:11.500Z");
        assertThat(ranking.prompt())
                .isEqualTo(Prompt.chat(Message.user("hi"), Message.assistant("ho"), Message.user("q")));
        assertThat(fault(row.replace(
                                "'conversation_b':[{'role':'user','content':'hi'}",
                                "'conversation_b':[{'role':'user'," + "'content':'other'}"))
                        .kind())
                .isEqualTo(Fault.Kind.DIALOGUES_PART);
        assertThat(fault(row.replace("'" + winner + "'", "'nobody'")).key()).isEqualTo("winner");
    }

    @Test
    void arenaResponsesMayBeListsOfTurnsInAText() throws IOException {
        List<Ranking> rankings = read(
                        DataFormat.ARENA,
                        "{'id':1,'model_a':'m1','model_b':'m2','prompt':'[\\'q\\']','response_a':'[\\'A\\']',"
                                + "'response_b':'[\\'B\\']','winner_model_a':0,'winner_model_b':1,'winner_tie':0}",
                        "{'id':2,'model_a':'m1','model_b':'m2','prompt':'q','response_a':'A','response_b':'B',"
                                + "'winner_model_a':0,'winner_model_b':0,'winner_tie':1}",
                        "{'id':3,'prompt':['q','r'],'response_a':['x','A'],'response_b':['x','B'],'winner':'model_a'}")
                .rankings();
        assertThat(rankings).extracting(PublicSetsTest::order).containsExactly("B > A", "A = B", "A > B");
        assertThat(rankings.get(0).prompt()).isEqualTo(Prompt.text("q"));
        assertThat(rankings.get(2).prompt())
                .isEqualTo(Prompt.chat(Message.user("q"), Message.assistant("x"), Message.user("r")));
    }

    @Test
    void ultraFeedbackIsRankedByItsOverallScore() throws IOException {
        Dataset data = read(
                DataFormat.ULTRAFEEDBACK,
                "{'source':'s','instruction':'p','models':['m1'],'completions':["
                        + "{'model':'m1','response':'a','overall_score':7.5,'critique':'x'},"
                        + "{'model':'m2','response':'b','overall_score':9},"
                        + "{'model':'m3','response':'c','overall_score':7.5},{'model':'m4','response':'d','overall_score':null}]}");
        Ranking ranking = data.rankings().get(0);
        assertThat(order(ranking)).isEqualTo("b > a = c");
        assertThat(ranking.unranked()).containsExactly(3);
        assertThat(ranking.criterion()).isEqualTo("overall");
        assertThat(data.report().unusedKeys().keySet()).containsExactly("source", "models", "completions[].critique");
    }

    @Test
    void ultraFeedbackBinarizedIsPairs() throws IOException {
        String user = "{'role':'user','content':'p'}";
        Dataset data = read(
                DataFormat.PREFERENCES,
                "{'prompt':'p','prompt_id':'i','chosen':[" + user + ",{'role':'assistant','content':'a'}],'rejected':["
                        + user + ",{'role':'assistant','content':'b'}],'messages':[" + user
                        + "],'score_chosen':8.0,'score_rejected':3}");
        assertThat(data.preferences()).containsExactly(Preference.of(Prompt.chat(Message.user("p")), "a", "b"));
        assertThat(data.report().unusedKeys().keySet())
                .containsExactly("prompt_id", "messages", "score_chosen", "score_rejected");
    }

    @Test
    void comparisonsOfOtherSetsHaveTheirVerdict() throws IOException {
        assertThat(read(
                                DataFormat.SHP,
                                "{'post_id':'x','history':'post','human_ref_A':'A','human_ref_B':'B','labels':1,'score_A':5}",
                                "{'post_id':'y','history':'post','human_ref_A':'A','human_ref_B':'B','labels':0,'score_A':5}")
                        .rankings())
                .extracting(PublicSetsTest::order)
                .containsExactly("A > B", "B > A");
        assertThat(read(
                                DataFormat.WEBGPT,
                                "{'question':{'full_text':'Why?','id':'1'},'answer_0':'A','score_0':-0.5,'answer_1':'B','score_1':0.5}",
                                "{'question':{'full_text':'Why?','id':'1'},'answer_0':'A','score_0':0,'answer_1':'B','score_1':0}")
                        .rankings())
                .extracting(ranking -> ((Prompt.Text) ranking.prompt()).text() + " " + order(ranking))
                .containsExactly("Why? B > A", "Why? A = B");
        assertThat(read(
                                DataFormat.STACK_EXCHANGE_PAIRED,
                                "{'qid':1,'question':'Why?','response_j':'A','response_k':'B'}")
                        .rankings())
                .extracting(PublicSetsTest::order)
                .containsExactly("A > B");
        assertThat(read(
                                DataFormat.DISTILABEL,
                                "{'instruction':'p','generations':['A','B','C'],'ratings':[3,5.0,null],'generation_models':['x','y','z']}")
                        .rankings()
                        .get(0))
                .extracting(PublicSetsTest::order, Ranking::unranked)
                .containsExactly("B > A", List.of(2));
    }

    @Test
    void summariesHaveTheirPostAsThePrompt() throws IOException {
        Dataset data = read(
                DataFormat.SUMMARIZE_FROM_FEEDBACK,
                "{'info':{'id':'1','post':'Long post.','title':'T','subreddit':'tifu','site':null,'article':null},"
                        + "'summaries':[{'text':' A','policy':'sup1','note':null},{'text':' B','policy':'ref','note':null}],"
                        + "'choice':1,'worker':'w7','batch':'b'}");
        Ranking ranking = data.rankings().get(0);
        assertThat(ranking.prompt())
                .isEqualTo(Prompt.text("SUBREDDIT: r/tifu\n\nTITLE: T\n\nPOST: Long post.\n\nTL;DR:"));
        assertThat(order(ranking)).isEqualTo(" B >  A");
        assertThat(ranking.labeler()).isEqualTo("w7");
        assertThat(ranking.completions().get(0).model()).isEqualTo("sup1");
    }

    @Test
    void pairsUnderOtherNamesArePairs() throws IOException {
        Prompt hi = Prompt.chat(Message.user("hi"));
        assertThat(read(
                                DataFormat.OPENAI_PREFERENCE,
                                "{'input':{'messages':[{'role':'user','content':'hi'}],'tools':[],'parallel_tool_calls':true},"
                                        + "'preferred_output':[{'role':'assistant','content':'a'}],"
                                        + "'non_preferred_output':[{'role':'assistant','content':'b'}]}")
                        .preferences())
                .containsExactly(Preference.of(hi, "a", "b"));
        assertThat(read(
                                DataFormat.LLAMA_FACTORY_PREFERENCE,
                                "{'conversations':[{'from':'human','value':'hi'}],'chosen':{'from':'gpt','value':'a'},"
                                        + "'rejected':{'from':'gpt','value':'b'},'system':'s'}",
                                "{'messages':[{'role':'user','content':'hi'}],'chosen':{'role':'assistant','content':'a'},"
                                        + "'rejected':{'role':'assistant','content':'b'}}",
                                "{'instruction':'hi','input':'you','output':['a','b']}")
                        .preferences())
                .containsExactly(
                        Preference.of(Prompt.chat(new Message("system", "s"), Message.user("hi")), "a", "b"),
                        Preference.of(hi, "a", "b"),
                        Preference.of(Prompt.text("hi\n\nyou"), "a", "b"));
        assertThat(read(
                                DataFormat.PREFERENCES,
                                "{'instruction':'hi','chosen_response':'a','rejected_response':'b'}",
                                "{'input':'hi','chosen':'a','rejected':'b','generations':['a','b']}")
                        .preferences())
                .extracting(Preference::chosen)
                .containsExactly("a", "a");
    }

    @Test
    void aConversationWithItsAnswerIsNoPrompt() throws IOException {
        for (String speaker : List.of("gpt", "assistant", "model", "function_call", "chatgpt", "Bot")) {
            assertThat(fault("{'conversations':[{'from':'human','value':'hi'},{'from':'" + speaker + "','value':'yo'}],"
                                    + "'chosen':{'from':'gpt','value':'a'},'rejected':{'from':'gpt','value':'b'}}")
                            .key())
                    .as(speaker)
                    .isEqualTo("conversations");
        }
    }

    @Test
    void ktoTagsAreLabels() throws IOException {
        assertThat(List.<Row>copyOf(read(
                                DataFormat.LLAMA_FACTORY_KTO,
                                "{'conversations':[{'from':'human','value':'hi'},{'from':'gpt','value':'a'}],'kto_tag':true}",
                                "{'instruction':'hi','input':'you','output':'a','kto_tag':'false'}")
                        .rows()))
                .containsExactly(
                        new Row.LabelRow(1, Prompt.chat(Message.user("hi")), "a", 1),
                        new Row.LabelRow(2, Prompt.text("hi\n\nyou"), "a", 0));
        assertThat(read(DataFormat.LABELS, "{'prompt':'p','completion':'c','label':true}")
                        .rowsOf(Row.LabelRow.class)
                        .get(0)
                        .reward())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'message_id':'1','parent_id':null,'text':'t','role':'prompter'} | single messages of OpenAssistant",
                "{'message_tree_id':'1','prompt':{'text':'t','replies':[]}} | whole message trees of OpenAssistant",
                "{'prompt':'p','response':'r','helpfulness':3,'correctness':4} | ratings of a response",
                "{'info':{'post':'x'},'summary':{'text':'s','axes':{'overall':3}}} | ratings of single summaries"
            })
    void setsThatNoFormatHoldsAreRefusedByName(String row, String found) throws IOException {
        Path file = Files.writeString(folder.resolve("r.jsonl"), json(row) + "\n");
        assertThatThrownBy(() -> Dataset.read(file, ReadOptions.defaults())).hasMessageContaining(found);
    }
}
