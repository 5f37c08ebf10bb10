package dev.attune.core.data;

import static dev.attune.core.data.DatasetFormatsTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.feedback.Preference;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prompt column with dialogues that repeat it: the common beginning of the dialogues is the prompt. */
class PromptAndDialoguesTest {
    private static final String SYSTEM = "{'role':'system','content':'s'}";
    private static final String USER = "{'role':'user','content':'u'}";
    private static final String FIRST = "{'role':'assistant','content':'f'}";
    private static final String NEXT = "{'role':'user','content':'n'}";
    private static final String GOOD = "{'role':'assistant','content':'good'}";
    private static final String BAD = "{'role':'assistant','content':'bad'}";
    private static final Message S = new Message("system", "s");

    @TempDir
    Path folder;

    private Inspection inspect(String prompt, String chosen, String rejected, String more) throws IOException {
        String row = "{'prompt':" + prompt + ",'chosen':" + chosen + ",'rejected':" + rejected + more + "}";
        Path file = Files.writeString(folder.resolve("a.jsonl"), json(row) + "\n");
        return DatasetInspector.inspect(file, ReadOptions.defaults(), null);
    }

    private Prompt prompt(String prompt, String chosen, String rejected, String more) throws IOException {
        assertThat(inspect(prompt, chosen, rejected, more).faults()).isEmpty();
        Preference pair = Dataset.read(folder.resolve("a.jsonl"), ReadOptions.defaults())
                .preferences()
                .get(0);
        assertThat(List.of(pair.chosen(), pair.rejected())).containsExactly("good", "bad");
        return pair.prompt();
    }

    private Fault.Kind fault(String prompt, String chosen, String rejected) throws IOException {
        return inspect(prompt, chosen, rejected, "").faults().get(0).kind();
    }

    private static String list(String... messages) {
        return "[" + String.join(",", messages) + "]";
    }

    @Test
    void aSystemTurnOfTheDialoguesBelongsToThePrompt() throws IOException {
        Prompt expected = Prompt.chat(S, Message.user("u"));
        String chosen = list(SYSTEM, USER, GOOD);
        String rejected = list(SYSTEM, USER, BAD);
        assertThat(prompt("'u'", chosen, rejected, "")).isEqualTo(expected);
        assertThat(prompt("' u\\n'", chosen, rejected, "")).isEqualTo(expected);
        assertThat(prompt(list(USER), chosen, rejected, "")).isEqualTo(expected);
        assertThat(prompt(list(SYSTEM, USER), chosen, rejected, "")).isEqualTo(expected);
        assertThat(prompt("'u'", chosen, rejected, ",'system':'s'")).isEqualTo(expected);
        assertThat(prompt("'u'", list(USER, GOOD), list(USER, BAD), ",'system':'s'"))
                .isEqualTo(expected);
        assertThat(prompt(list(SYSTEM, USER), list(USER, GOOD), list(USER, BAD), ""))
                .isEqualTo(expected);
        assertThat(prompt(list(SYSTEM, USER), list(GOOD), list(BAD), "")).isEqualTo(expected);
        assertThat(prompt(list(SYSTEM), list(USER, GOOD), list(USER, BAD), "")).isEqualTo(expected);
    }

    @Test
    void earlierTurnsOfTheDialoguesBelongToThePrompt() throws IOException {
        Prompt expected = Prompt.chat(Message.user("u"), Message.assistant("f"), Message.user("n"));
        String chosen = list(USER, FIRST, NEXT, GOOD);
        String rejected = list(USER, FIRST, NEXT, BAD);
        assertThat(prompt("'u'", chosen, rejected, "")).as("the first question").isEqualTo(expected);
        assertThat(prompt("'n'", chosen, rejected, "")).as("the last question").isEqualTo(expected);
        assertThat(prompt(list(USER, FIRST), list(NEXT, GOOD), list(NEXT, BAD), ""))
                .as("the rest")
                .isEqualTo(expected);
        assertThat(prompt("'\\n\\nHuman: u\\n\\nAssistant: f\\n\\nHuman: n\\n\\nAssistant:'", chosen, rejected, ""))
                .as("the whole text")
                .isEqualTo(expected);
        assertThat(prompt(
                        "'u'",
                        "'\\n\\nHuman: u\\n\\nAssistant: f\\n\\nHuman: n\\n\\nAssistant: good'",
                        "'\\n\\nHuman: u\\n\\nAssistant: f\\n\\nHuman: n\\n\\nAssistant: bad'",
                        ""))
                .as("dialogues as texts")
                .isEqualTo(expected);
    }

    @Test
    void contradictionsAreFaults() throws IOException {
        assertThat(fault("'other'", list(USER, GOOD), list(USER, BAD))).isEqualTo(Fault.Kind.PROMPT_MISMATCH);
        assertThat(fault("'u'", list(SYSTEM, USER, GOOD), list(USER, BAD))).isEqualTo(Fault.Kind.DIALOGUES_PART);
        assertThat(fault(list(SYSTEM.replace("'s'", "'t'"), USER), list(SYSTEM, USER, GOOD), list(SYSTEM, USER, BAD)))
                .isEqualTo(Fault.Kind.PROMPT_MISMATCH);
        assertThat(fault("'u'", list(USER, FIRST, NEXT, GOOD), list(USER, BAD))).isEqualTo(Fault.Kind.DIALOGUES_PART);
        assertThat(fault("'u'", list(USER), list(USER, BAD))).isEqualTo(Fault.Kind.PROMPT_MISMATCH);
    }

    @Test
    void aTextThatBothAnswersRepeatIsRemovedFromThem() throws IOException {
        Path file = Files.writeString(
                folder.resolve("b.jsonl"),
                json(
                        "{'prompt':'Max went to the park.','chosen':'Max went to the park. He ran.',"
                                + "'rejected':'Max went to the park. No.'}\n{'prompt':'Max','chosen':'Max ran','rejected':'Max sat'}\n"));
        assertThat(Dataset.read(file, ReadOptions.defaults()).preferences())
                .containsExactly(
                        Preference.of(Prompt.text("Max went to the park."), " He ran.", " No."),
                        Preference.of(Prompt.text("Max"), "Max ran", "Max sat"));
    }
}
