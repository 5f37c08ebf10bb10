package dev.attune.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Argilla and Label Studio export, as rankings. */
class ThirdPartyToolsTest {
    private static final ReadOptions STRICT = ReadOptions.defaults().withOnFault(OnFault.FAIL);

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
    }

    private Dataset read(String name, String text) throws IOException {
        return Dataset.read(file(name, text), STRICT);
    }

    private static List<String> texts(Ranking ranking) {
        return ranking.completions().stream().map(Ranking.Completion::text).toList();
    }

    @Test
    void argillaRecordsGiveARankingForEachResponse() throws IOException {
        Dataset data = read("a.json", """
                [{'external_id': 'x1', 'fields': {'instruction': 'Hi?', 'reply-1': 'A', 'reply-2': 'B', 'reply-3': 'C'},
                  'responses': [
                   {'user_id': 'u1', 'status': 'submitted', 'values': {'best': {'value': [
                     {'value': 'reply-2', 'rank': 1}, {'value': 'reply-1', 'rank': 2}, {'value': 'reply-3', 'rank': 2}]},
                     'quality': {'value': 4}}},
                   {'user_id': 'u2', 'status': 'draft', 'values': {'best': {'value': [{'value': 'reply-1', 'rank': 1}]}}},
                   {'user_id': 'u3', 'values': {'best': {'value': [{'value': 'reply-3', 'rank': 1}]}}}],
                  'suggestions': [{'question_name': 'best', 'agent': 'judge', 'value': [
                     {'value': 'reply-1', 'rank': 1}, {'value': 'reply-2', 'rank': 3}, {'value': 'reply-3', 'rank': 2}]}]},
                 {'external_id': 'x2', 'fields': {'instruction': 'Ho?', 'reply-1': 'A', 'reply-2': 'B'}, 'responses': []}]
                """);
        assertThat(data.format()).isEqualTo(DataFormat.ARGILLA);
        assertThat(data.report().rows()).isEqualTo(2);
        assertThat(data.report().faulty()).isZero();
        List<Ranking> rankings = data.rankings();
        assertThat(rankings).extracting(Ranking::labeler).containsExactly("u1", "u3", "suggestion by judge");
        assertThat(rankings)
                .extracting(Ranking::order)
                .containsExactly(
                        List.of(List.of(1), List.of(0, 2)),
                        List.of(List.of(2)),
                        List.of(List.of(0), List.of(2), List.of(1)));
        assertThat(rankings.get(1).unranked()).containsExactly(0, 1);
        assertThat(rankings).extracting(Ranking::criterion).containsOnly("best");
        assertThat(rankings.get(0).prompt()).isEqualTo(Prompt.text("Hi?"));
        assertThat(texts(rankings.get(0))).containsExactly("A", "B", "C");
        assertThat(rankings).extracting(Ranking::id).doesNotHaveDuplicates().allMatch(id -> id.startsWith("argilla-"));
    }

    @Test
    void argillaRecordsOfVersionTwoListResponsesByQuestion() throws IOException {
        Ranking ranking = read("a.json", """
                        [{'id': 'x', 'status': 'completed', 'fields': {'prompt': 'Hi?', 'a': 'A', 'b': 'B'}, 'metadata': {},
                          'suggestions': {}, 'responses': {'best': [{'value': ['b', 'a'], 'user_id': 'u1'}]}}]
                        """).rankings().get(0);
        assertThat(ranking.order()).containsExactly(List.of(1), List.of(0));
        assertThat(ranking.labeler()).isEqualTo("u1");
    }

    @Test
    void argillaTablesHaveAColumnForEachQuestion() throws IOException {
        List<Ranking> two = read(
                        "two.jsonl",
                        "{'id': '7', 'status': 'completed', '_server_id': 's', 'prompt': 'Hi?', 'a': 'A', 'b': 'B',"
                                + " 'best.responses': [['b', 'a'], ['a', 'b'], ['a', 'b']], 'best.responses.users': ['u1', 'u2', 'u3'],"
                                + " 'best.responses.status': ['submitted', 'submitted', 'discarded'],"
                                + " 'topic.responses': [['math', 'art']], 'topic.responses.users': ['u1'],"
                                + " 'best.suggestion': null, 'best.suggestion.agent': null}\n")
                .rankings();
        assertThat(two).extracting(Ranking::labeler).containsExactly("u1", "u2");
        assertThat(two.get(0).order()).containsExactly(List.of(1), List.of(0));
        assertThat(two.get(1).order()).containsExactly(List.of(0), List.of(1));
        List<Ranking> suggested = read(
                        "suggested.jsonl",
                        "{'id': '7', '_server_id': 's', 'prompt': 'Hi?', 'a': 'A', 'b': 'B', 'best.suggestion': ['b', 'a'],"
                                + " 'best.suggestion.score': null, 'best.suggestion.agent': 'm'}\n")
                .rankings();
        assertThat(suggested).extracting(Ranking::labeler).containsExactly("suggestion by m");
        List<Ranking> one = read(
                        "one.jsonl",
                        "{'question': 'Hi?', 'a': 'A', 'b': 'B', 'external_id': null, 'metadata': '{}', 'best': [{'user_id': 'u1',"
                                + " 'value': {'rank': [2, 1], 'value': ['a', 'b']}, 'status': 'submitted'}],"
                                + " 'best-suggestion': {'rank': [1, 1], 'value': ['a', 'b']},"
                                + " 'best-suggestion-metadata': {'type': null, 'score': null, 'agent': 'm'}}\n")
                .rankings();
        assertThat(one).extracting(Ranking::labeler).containsExactly("u1", "suggestion by m");
        assertThat(one.get(0).order()).containsExactly(List.of(1), List.of(0));
        assertThat(one.get(1).order()).containsExactly(List.of(0, 1));
        assertThat(one).extracting(Ranking::id).as("no name to keep").containsExactly("line-1-1", "line-1-2");
    }

    @Test
    void argillaFaultsHaveTheirLine() throws IOException {
        Path file = file(
                "a.jsonl",
                "{'fields': {'prompt': 'p', 'a': 'A'}, 'responses': [{'user_id': 'u', 'values': {'q': {'value':"
                        + " [{'value': 'a', 'rank': 1}, {'value': 'z', 'rank': 2}]}}}]}\n");
        assertThatThrownBy(() -> Dataset.read(file, STRICT))
                .hasMessageContaining(
                        "a.jsonl:1, key 'value': found 'z', which is not a field, expected values that name fields");
    }

    @Test
    void nobodyHasAnswered() throws IOException {
        Path file = file("a.json", "[{'fields': {'prompt': 'p', 'a': 'A'}, 'responses': []}]");
        assertThatThrownBy(() -> Dataset.read(file, STRICT)).hasMessageContaining("only rows without an answer");
    }

    private static String task(String result) {
        return "{'id': 5, 'data': {'prompt': 'Hi?', 'items': [{'id': 'x', 'title': 'Answer 1', 'body': 'X'},"
                + " {'id': 'y', 'body': 'Y', 'model': 'm'}, {'id': 'z', 'body': 'Z'}], 'text1': 'L', 'text2': 'R'},"
                + " 'annotations': [{'id': 9, 'completed_by': {'id': 3, 'email': 'ann@example.com'}, 'was_cancelled': false,"
                + " 'created_at': '2026-01-01T00:00:00.5Z', 'result': [" + result + "]}]}";
    }

    private Ranking labelStudio(String result) throws IOException {
        Dataset data = read("l.json", "[" + task(result) + "]");
        assertThat(data.format()).isEqualTo(DataFormat.LABEL_STUDIO);
        return data.rankings().get(0);
    }

    @Test
    void labelStudioListsAreOrders() throws IOException {
        Ranking ranking = labelStudio(
                "{'type': 'ranker', 'from_name': 'rank', 'to_name': 'l', 'value': {'ranker': {'rank': ['z', 'x', 'y']}}}");
        assertThat(ranking.prompt()).isEqualTo(Prompt.text("Hi?"));
        assertThat(ranking.completions())
                .containsExactly(
                        new Ranking.Completion("X", null),
                        new Ranking.Completion("Y", "m"),
                        new Ranking.Completion("Z", null));
        assertThat(ranking.order()).containsExactly(List.of(2), List.of(0), List.of(1));
        assertThat(ranking.criterion()).isEqualTo("rank");
        assertThat(ranking.labeler()).isEqualTo("ann@example.com");
        assertThat(ranking.time()).isEqualTo("2026-01-01T00:00:00.5Z");
        assertThat(labelStudio("{'type': 'ranker', 'from_name': 'rank', 'value': {'ranker': {'_': ['y', 'x']}}}"))
                .extracting(Ranking::order, Ranking::unranked)
                .containsExactly(List.of(List.of(1), List.of(0)), List.of(2));
        assertThat(labelStudio("{'type': 'ranker', 'from_name': 'rank', 'value': {'ranker': ['z', 'x', 'y']}}")
                        .order())
                .as("an older version")
                .containsExactly(List.of(2), List.of(0), List.of(1));
    }

    @Test
    void labelStudioBucketsAreTies() throws IOException {
        assertThat(
                        labelStudio(
                                "{'type': 'ranker', 'from_name': 'rank', 'value': {'ranker': {'_': ['y'], 'good': ['x', 'z']}}}"))
                .extracting(Ranking::order, Ranking::unranked)
                .containsExactly(List.of(List.of(0, 2)), List.of(1));
        assertThat(
                        labelStudio(
                                "{'type': 'ranker', 'from_name': 'rank', 'value': {'ranker': {'rank 10': ['y'], 'rank 2': ['x', 'z'], 'rank 1': []}}}"))
                .extracting(Ranking::order)
                .isEqualTo(List.of(List.of(0, 2), List.of(1)));
    }

    @Test
    void labelStudioBucketsWithoutAnOrderNeedOne() throws IOException {
        Path file = file(
                "l.jsonl",
                task(
                        "{'type': 'ranker', 'from_name': 'rank', 'value': {'ranker': {'bad': ['x'], 'good': ['y', 'z']}}}"));
        assertThatThrownBy(() -> Dataset.read(file, STRICT))
                .hasMessageContaining("l.jsonl:1, key 'ranker': found the buckets bad, good")
                .hasMessageContaining("--buckets");
        assertThat(Dataset.read(file, STRICT.withBuckets(List.of("good", "fine", "bad")))
                        .rankings()
                        .get(0)
                        .order())
                .containsExactly(List.of(1, 2), List.of(0));
        assertThatThrownBy(() -> Dataset.read(file, STRICT.withBuckets(List.of("good"))))
                .hasMessageContaining("--buckets");
    }

    @Test
    void labelStudioPairsAreOrdersOfTwo() throws IOException {
        Ranking ranking = labelStudio(
                "{'type': 'pairwise', 'from_name': 'pw', 'to_name': 'txt-1,txt-2', 'value': {'selected': 'right'}}");
        assertThat(texts(ranking)).containsExactly("L", "R");
        assertThat(ranking.order()).containsExactly(List.of(1), List.of(0));
        Ranking named = labelStudio(
                "{'type': 'pairwise', 'from_name': 'pw', 'to_name': 'text2,text1', 'value': {'selected': 'right'}}");
        assertThat(texts(named)).containsExactly("R", "L");
        assertThat(named.order()).containsExactly(List.of(1), List.of(0));
    }

    @Test
    void cancelledAnnotationsGiveNothing() throws IOException {
        String pairwise = task("{'type': 'pairwise', 'from_name': 'pw', 'value': {'selected': 'left'}}");
        String cancelled = pairwise.replace("'was_cancelled': false", "'was_cancelled': true");
        Dataset data = read("l.json", "[" + cancelled + ", " + pairwise + "]");
        assertThat(data.rankings()).hasSize(1);
        assertThat(data.report().rows()).isEqualTo(2);
        assertThat(data.report().used()).isEqualTo(1);
        assertThat(data.report().faulty()).isZero();
    }

    @Test
    void labelStudioResultsOfOtherTypesAreNamed() throws IOException {
        String choices = "{'type': 'choices', 'from_name': 'c', 'value': {'choices': ['yes']}}";
        String pairwise = "{'type': 'pairwise', 'from_name': 'pw', 'value': {'selected': 'left'}}";
        Path file = file("l.json", "[" + task(choices) + ",\n" + task(choices + ", " + pairwise) + "]");
        Dataset data = Dataset.read(file, ReadOptions.defaults());
        assertThat(data.rankings()).hasSize(1);
        assertThat(data.report().examples())
                .extracting(Fault::message)
                .containsExactly(
                        file + ":1, key 'annotations': found results of the type choices, expected results of the"
                                + " types ranker or pairwise, which say which text is better");
    }

    @Test
    void argillaAnswersToOtherQuestionsAreNamed() throws IOException {
        String record = "{'id': 'x', 'fields': {'prompt': 'p', 'a': 'A', 'b': 'B'}, 'responses': {'%s': [{'value': %s,"
                + " 'user_id': 'u', 'status': 'submitted'}]}}\n";
        Path file = file(
                "a.jsonl",
                record.formatted("quality", "4")
                        + record.formatted("kind", "'good'")
                        + record.formatted("best", "['b','a']"));
        Dataset data = Dataset.read(file, ReadOptions.defaults());
        assertThat(data.rankings()).extracting(Ranking::order).containsExactly(List.of(List.of(1), List.of(0)));
        assertThat(data.report().examples())
                .extracting(Fault::message)
                .containsExactly(
                        file
                                + ":1, key 'quality': found an answer to a rating question (4), expected an answer to a ranking"
                                + " question whose values name fields",
                        file
                                + ":2, key 'kind': found an answer to a label or text question (the text \"good\"), expected"
                                + " an answer to a ranking question whose values name fields");
    }

    @Test
    void ranksMayBeWrittenAsDecimals() throws IOException {
        Ranking ranking = read("a.json", """
                [{'id': 'x', 'fields': {'prompt': 'Hi?', 'a': 'A', 'b': 'B', 'c': 'C'}, 'responses': {'best': [{'user_id': 'u1',
                  'value': [{'value': 'a', 'rank': 2.0}, {'value': 'b', 'rank': '1.0'}, {'value': 'c', 'rank': '2'}]}]}}]
                """).rankings().get(0);
        assertThat(ranking.order()).containsExactly(List.of(1), List.of(0, 2));
    }

    @Test
    void fieldsBesideThePromptBelongToIt() throws IOException {
        Dataset data = read("a.json", """
                [{'id': 'x', 'fields': {'prompt': 'Who?', 'context': 'Ada did.', 'note': 'n', 'a': 'A', 'b': 'B'},
                  'responses': {'best': [{'value': ['b', 'a'], 'user_id': 'u1'}]}}]
                """);
        assertThat(data.rankings().get(0).prompt()).isEqualTo(Prompt.text("Who?\n\nAda did."));
        assertThat(data.report().unusedKeys()).containsExactly(java.util.Map.entry("fields.note", 1L));
        assertThat(data.report().summary()).endsWith("; unused keys: fields.note (1 row)");
    }

    private static String pairwise(String data) {
        return "[{'id': 1, 'data': {'prompt': 'Name a fruit', " + data
                + "}, 'annotations': [{'id': 5, 'completed_by': 1,"
                + " 'result': [{'type': 'pairwise', 'from_name': 'cmp', 'to_name': 't1', 'value': {'selected': 'right'}}]}]}]";
    }

    @Test
    void labelStudioModelsAreNoTexts() throws IOException {
        for (String model : List.of("model", "model_name", "llm", "source_model")) {
            Ranking ranking = read(
                            "l.json",
                            pairwise("'" + model + "_a': 'm-one', '" + model
                                    + "_b': 'm-two', 'reply_a': 'Apple', 'reply_b': 'Car', 'id_a': 'i', 'id_b': 'j'"))
                    .rankings()
                    .get(0);
            assertThat(ranking.completions())
                    .containsExactly(new Ranking.Completion("Apple", "m-one"), new Ranking.Completion("Car", "m-two"));
            assertThat(ranking.order()).containsExactly(List.of(1), List.of(0));
        }
    }

    @Test
    void severalLabelStudioPairsAreAnErrorThatNamesThem() throws IOException {
        Path file = file("l.json", pairwise("'title1': 'x', 'title2': 'y', 'text1': 'Apple', 'text2': 'Car'"));
        assertThatThrownBy(() -> Dataset.read(file, STRICT))
                .hasMessageContaining("found several pairs of texts: text1 and text2; title1 and title2");
        Path letters = file("m.json", pairwise("'alpha_a': 'x', 'alpha_b': 'y', 'text1': 'Apple', 'text2': 'Car'"));
        assertThatThrownBy(() -> Dataset.read(letters, STRICT))
                .hasMessageContaining("text1 and text2")
                .hasMessageContaining("alpha_a and alpha_b");
    }

    @Test
    void labelStudioExportsWithoutAnnotationsAreNamed() throws IOException {
        Path json = file(
                "min.json",
                "[{'prompt': 'p', 'text1': 'A', 'text2': 'B', 'cmp': 'left', 'annotator': 1, 'annotation_id': 7,"
                        + " 'created_at': 't', 'lead_time': 2.5, 'id': 1}]");
        assertThatThrownBy(() -> Dataset.read(json, STRICT))
                .hasMessageContaining("an export of Label Studio as JSON-MIN or CSV")
                .hasMessageContaining("export the project again as JSON");
    }

    @Test
    void otherToolsFilesAreConvertedToRankings() throws IOException {
        Path file = file(
                "l.json",
                "[" + task("{'type': 'ranker', 'from_name': 'rank', 'value': {'ranker': {'rank': ['z', 'x', 'y']}}}")
                        + "]");
        Path to = folder.resolve("rankings.parquet");
        DatasetConverter.convert(file, STRICT, to, DataFormat.LABEL_STUDIO);
        Dataset back = Dataset.read(to, STRICT);
        assertThat(back.format()).isEqualTo(DataFormat.RANKINGS);
        assertThat(back.rankings()).isEqualTo(Dataset.read(file, STRICT).rankings());
        assertThat(DatasetInspector.inspect(file, STRICT, null).format()).isEqualTo(DataFormat.LABEL_STUDIO);
    }
}
