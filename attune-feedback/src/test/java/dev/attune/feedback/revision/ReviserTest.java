package dev.attune.feedback.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.data.Row;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Preference.Judge;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.ConstitutionFile;
import dev.attune.feedback.revision.RevisedAnswer.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviserTest {
    private static final Constitution CONSTITUTION = ConstitutionFile.parse("house.yaml", """
            name: house
            principles:
              - name: kind
                critique: Is the answer unkind?
                revision: Write the answer again in such a way that nobody is hurt by it.
                comparison: Which is kinder?
            examples:
              - {prompt: Am I ugly?, answer: 'Yes.', principle: kind, critique: It insults., revision: You are fine.}
              - {prompt: Am I tall?, answer: 'Yes.', principle: kind, critique: No fault found.}
            """);
    private static final RevisionSettings SETTINGS =
            RevisionSettings.DEFAULT.withExamples(0).withRounds(2).withSeed(3);

    @TempDir
    private Path folder;

    /** Answers rudely; criticises what is rude; each revision takes away one "bad". */
    private static String script(Prompt prompt) {
        List<Message> messages = prompt.messages();
        String last = ScriptedModel.last(prompt);
        if (last.startsWith("Is the answer unkind?")) {
            String answer = messages.get(messages.size() - 2).content();
            return answer.contains("bad") ? "It says bad." : "No fault found.";
        }
        if (last.startsWith("Write the answer again")) {
            return messages.get(messages.size() - 4).content().replaceFirst("bad ?", "");
        }
        return last;
    }

    private static List<RevisedAnswer> revise(ScriptedModel model, String... prompts) {
        return new Reviser(model, model, CONSTITUTION, SETTINGS)
                .revise(
                        0,
                        IntStream.range(0, prompts.length)
                                .mapToObj(i -> Prompt.text(prompts[i]))
                                .toList());
    }

    @Test
    void theLastDraftIsTheResult() {
        RevisedAnswer answer =
                revise(new ScriptedModel(ReviserTest::script), "bad bad soup").get(0);

        assertThat(answer.answer()).isEqualTo("bad bad soup");
        assertThat(answer.drafts()).extracting(Draft::revision).containsExactly("bad soup", "soup");
        assertThat(answer.result()).isEqualTo("soup");
        assertThat(answer.stop()).isEqualTo(Stop.ROUNDS);
    }

    @Test
    void aCritiqueWithoutAFaultAsksForNoRevision() {
        ScriptedModel model = new ScriptedModel(ReviserTest::script);
        List<RevisedAnswer> answers = revise(model, "good soup", "bad soup");

        assertThat(answers).extracting(RevisedAnswer::stop).containsExactly(Stop.NO_FAULT, Stop.NO_FAULT);
        assertThat(answers.get(0).changed()).isFalse();
        assertThat(answers.get(1).result()).isEqualTo("soup");
        assertThat(model.asked.stream().map(ScriptedModel::last).filter(text -> text.startsWith("Write")))
                .hasSize(1);
        RevisionData data = new RevisionData(CONSTITUTION, "the critic");
        assertThat(data.pairs(answers)).singleElement().satisfies(row -> {
            Preference pair = row.preference();
            assertThat(pair.chosen()).isEqualTo("soup");
            assertThat(pair.rejected()).isEqualTo("bad soup");
            assertThat(pair.origin().judge())
                    .isEqualTo(new Judge(Judge.Kind.MODEL, "the critic", CONSTITUTION.label(), List.of("kind")));
        });
        assertThat(data.demonstrations(answers))
                .containsExactly(new Row.CompletionRow(0, Prompt.text("bad soup"), "soup"));
    }

    @Test
    void anEmptyAnswerIsNotCriticised() {
        ScriptedModel model = new ScriptedModel(prompt -> "  ");
        RevisedAnswer answer = revise(model, "anything").get(0);

        assertThat(answer.stop()).isEqualTo(Stop.NO_ANSWER);
        assertThat(answer.drafts()).isEmpty();
        assertThat(model.asked).hasSize(1);
        assertThat(new RevisionData(CONSTITUTION, "the critic").pairs(List.of(answer)))
                .isEmpty();
    }

    @Test
    void aRevisionWithAFaultIsNotUsed() {
        assertThat(faults("Bad, soup!")).containsExactly(RevisionFault.UNCHANGED);
        assertThat(faults("")).containsExactly(RevisionFault.EMPTY);
        assertThat(faults("soup and then...")).containsExactly(RevisionFault.CUT_OFF);
        assertThat(faults("Revision request: soup")).containsExactly(RevisionFault.LEAKED);
        assertThat(faults("soup<|im_end|>")).containsExactly(RevisionFault.LEAKED);
        assertThat(faults("I write the answer again in such a way that it is soup"))
                .containsExactly(RevisionFault.LEAKED);
        assertThat(faults("write again: soup")).isEmpty();
    }

    private static List<RevisionFault> faults(String revision) {
        ScriptedModel model = new ScriptedModel(
                prompt -> ScriptedModel.last(prompt).startsWith("Write the answer again") ? revision : script(prompt));
        RevisedAnswer answer = revise(model, "bad soup").get(0);
        List<RevisionFault> faults = answer.drafts().get(0).faults();
        assertThat(answer.result()).isEqualTo(faults.isEmpty() ? revision : "bad soup");
        return faults;
    }

    @Test
    void showsWorkedExamplesOfBothBranches() {
        ScriptedModel model = new ScriptedModel(ReviserTest::script);
        new Reviser(model, model, CONSTITUTION, SETTINGS.withExamples(2)).revise(0, List.of(Prompt.text("good soup")));

        assertThat(model.asked.get(1).messages())
                .extracting(Message::content)
                .containsExactly(
                        "Am I ugly?",
                        "Yes.",
                        "Is the answer unkind?",
                        "It insults.",
                        "Write the answer again in such a way that nobody is hurt by it.",
                        "You are fine.",
                        "Am I tall?",
                        "Yes.",
                        "Is the answer unkind?",
                        "No fault found.",
                        "good soup",
                        "good soup",
                        "Is the answer unkind?");
    }

    @Test
    void measuresACriticThatAlwaysFindsAFaultAsChance() {
        List<CriticSkill.Item> items = List.of(
                new CriticSkill.Item(Prompt.text("a"), "bad", true, null),
                new CriticSkill.Item(Prompt.text("b"), "bad", true, "kind"),
                new CriticSkill.Item(Prompt.text("c"), "good", false, null));
        CriticSkill always =
                CriticSkill.measure(new ScriptedModel(prompt -> "It is bad."), CONSTITUTION, items, SETTINGS);
        CriticSkill right = CriticSkill.measure(new ScriptedModel(ReviserTest::script), CONSTITUTION, items, SETTINGS);

        assertThat(always.accuracy()).isEqualTo(0.5);
        assertThat(right.accuracy()).isEqualTo(1);
        assertThatThrownBy(() -> CriticSkill.measure(
                        new ScriptedModel(ReviserTest::script),
                        CONSTITUTION,
                        List.of(new CriticSkill.Item(Prompt.text("a"), "bad", true, "unknown")),
                        SETTINGS))
                .hasMessageContaining("'unknown'");
    }

    @Test
    void anInterruptedJobEndsAsAnUninterruptedOne() throws IOException {
        List<Prompt> prompts = IntStream.range(0, 10)
                .mapToObj(i -> Prompt.text(i % 3 == 0 ? "soup " + i : "bad soup " + i))
                .toList();
        Path whole = folder.resolve("whole.jsonl");
        run(whole, prompts, new ScriptedModel(ReviserTest::script));
        Path torn = folder.resolve("torn.jsonl");
        List<String> lines = Files.readAllLines(whole);
        // killed within the second batch of four, while a line was written
        Files.write(torn, lines.subList(0, 5));
        Files.writeString(torn, lines.get(5).substring(0, 20), StandardOpenOption.APPEND);

        ScriptedModel model = new ScriptedModel(ReviserTest::script);
        run(torn, prompts, model);

        assertThat(Files.readAllLines(torn)).isEqualTo(lines);
        assertThat(model.asked.stream().map(ScriptedModel::last))
                .doesNotContain("soup 0", "soup 3")
                .contains("bad soup 4", "bad soup 5");
        assertThat(model.seeds).allSatisfy(seed -> assertThat(seed).isGreaterThan(1_000_003L * 4));
    }

    private static List<RevisedAnswer> run(Path log, List<Prompt> prompts, ScriptedModel model) throws IOException {
        Reviser reviser = new Reviser(model, model, CONSTITUTION, SETTINGS);
        return new RevisionJob(reviser, RevisionGates.DEFAULT, text -> false, 4)
                .run(log, prompts, (done, all, figures) -> {});
    }

    @Test
    void figuresAndGates() {
        ScriptedModel model = new ScriptedModel(prompt -> {
            String last = ScriptedModel.last(prompt);
            return last.startsWith("Is the") ? "bad" : last.startsWith("Write") ? "I am sorry but I cannot say" : last;
        });
        RevisionFigures figures =
                RevisionFigures.of(revise(model, "one", "two", "three"), text -> text.contains("cannot"));

        // each answer: a revision that is used, then one that changes nothing
        assertThat(figures).isEqualTo(new RevisionFigures(3, 6, 0, 0.5, 0, 0, 1, 1, 1 / 3.0));
        assertThat(RevisionGates.DEFAULT.broken(figures)).isEmpty();
        assertThat(RevisionGates.DEFAULT.withMinimum(6).broken(figures))
                .containsExactly(
                        "revisions refuse: 100 % of 6 revisions, at most 95 %",
                        "revisions share a phrase: 100 % of 6 revisions, at most 60 %");
    }

    @Test
    void aBrokenGateStopsTheJobAndKeepsTheDrafts() throws IOException {
        List<Prompt> prompts = IntStream.range(0, 8)
                .mapToObj(i -> Prompt.text("bad soup " + i))
                .toList();
        ScriptedModel model =
                new ScriptedModel(prompt -> ScriptedModel.last(prompt).startsWith("Write") ? "no" : script(prompt));
        Reviser reviser = new Reviser(model, model, CONSTITUTION, SETTINGS);
        RevisionJob job = new RevisionJob(reviser, RevisionGates.DEFAULT.withMinimum(4), text -> false, 4);
        Path log = folder.resolve("drafts.jsonl");

        assertThatThrownBy(() -> job.run(log, prompts, (done, all, figures) -> {}))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("stopped after 4 answers")
                .hasMessageContaining("different revisions: 25 %");
        assertThat(RevisionLog.read(log)).hasSize(4);
    }
}
