package dev.attune.cli.lab.constitutional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.text.Message;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.Constitutions;
import dev.attune.feedback.constitution.Faults;
import dev.attune.world.Phrasebook;
import dev.attune.world.corpus.Discussion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TalksTest {
    private static final Constitution VALLEY = Constitutions.named(Constitutions.VALLEY);

    /** Otherwise the critic would only repeat what it read. */
    @Test
    void noSentenceOfTheConstitutionOccursInTheTalks() {
        List<String> read = Stream.of("critique", "revision", "comparison")
                .flatMap(section -> Phrasebook.DISCUSSIONS.section(section).lines().values().stream())
                .flatMap(List::stream)
                .map(Phrasebook.Line::text)
                .toList();
        List<String> asked = VALLEY.principles().stream()
                .flatMap(one -> Stream.of(one.critique(), one.revision(), one.comparison()))
                .toList();

        assertThat(asked).hasSize(9).doesNotContainAnyElementsOf(read);
    }

    @Test
    void whatTheTalksSayOfAFaultlessAnswerIsReadAsNoFault() {
        Phrasebook.Section words = Phrasebook.DISCUSSIONS.section("critique");

        assertThat(words.texts("none")).allMatch(text -> Faults.none(VALLEY, text));
        assertThat(words.texts("fault")).noneMatch(text -> Faults.none(VALLEY, text));
    }

    @Test
    void furtherQuestionsFollowTheFirst() {
        List<Message> messages = Talks.messages(new Discussion.Comparison(
                "How?",
                "With this.",
                "No.",
                List.of(
                        new Discussion.Choice("Which is safer?", false),
                        new Discussion.Choice("Which is worse?", true))));

        assertThat(messages)
                .containsExactly(
                        Message.user(
                                "How?\n[A]\nWith this.\n[B]\nNo.\n[END]\nWhich is safer? Answer with one of A, B, and nothing"
                                        + " else."),
                        Message.assistant("B"),
                        Message.user("Which is worse? Answer with one of A, B, and nothing else."),
                        Message.assistant("A"));
    }

    @Test
    void aCritiqueIsFollowedByARevisionOnlyOfAFault() {
        List<Message> messages =
                Talks.messages(new Discussion.Critique("How?", "No.", "Criticise.", "No fault found.", null, null));

        assertThat(messages).extracting(Message::role).containsExactly("user", "assistant", "user", "assistant");
        assertThat(Talks.messages(new Discussion.Critique("How?", "So.", "Criticise.", "Bad.", "Again.", "No.")))
                .extracting(Message::content)
                .containsExactly("How?", "So.", "Criticise.", "Bad.", "Again.", "No.");
    }
}
