package dev.attune.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.data.OnFault;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.PairChoice;
import dev.attune.core.feedback.PairWeights;
import dev.attune.core.feedback.Ties;
import dev.attune.core.feedback.Votes;
import dev.attune.core.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigNamedTest {
    @Test
    void choicesAreReadByTheirNamesInAnyCase() {
        assertThat(PairChoice.parse("Best")).isEqualTo(PairChoice.BEST_AGAINST_REST);
        assertThat(PairWeights.parse("prompt")).isEqualTo(PairWeights.PER_PROMPT);
        assertThat(Ties.parse("HALF")).isEqualTo(Ties.HALF);
        assertThat(Votes.parse("soft")).isEqualTo(Votes.SOFT);
        assertThat(OnFault.parse("keep")).isEqualTo(OnFault.KEEP);
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> Votes.parse("loud"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("votes: found 'loud', expected separate, majority or soft; write one of these");
        assertThat(ConfigNamed.configNames(Ties.class)).isEqualTo("none or half");
    }

    @Test
    void recordsNameChoices() {
        assertThat(Json.line(List.of(PairChoice.ALL_PAIRS, Ties.NONE, OnFault.DROP)))
                .isEqualTo("[\"all\",\"none\",\"drop\"]");
    }
}
