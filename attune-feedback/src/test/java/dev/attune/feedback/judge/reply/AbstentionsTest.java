package dev.attune.feedback.judge.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbstentionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "I don't know.",
                "I don\u2019t know who that is.",
                "Sorry, I do not have any information about this town.",
                "That cannot be determined from the text.",
                "The number of stars in it is unknown.",
                "I do not know, but you could ask a librarian.",
                "<think>Maybe 5?</think>I am not sure.",
                "Das weiß ich nicht. Ich weiß es nicht.",
                "No lo sé.",
                "Je ne sais pas.",
            })
    void theseAbstain(String answer) {
        assertThat(Abstentions.read(answer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "It was built in 1648.",
                "I am not sure, but it was in 1648.",
                "I don't know exactly; however, the answer is 5.",
                "Nobody I know lives there.",
                "<think>I don't know.</think>It is blue.",
                "<think>I don't know",
            })
    void theseDoNot(String answer) {
        assertThat(Abstentions.read(answer)).isFalse();
    }
}
