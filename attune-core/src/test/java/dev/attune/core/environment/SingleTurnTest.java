package dev.attune.core.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SingleTurnTest {
    private final SingleTurn environment = new SingleTurn(List.of("a", "b", "c"), batch -> batch.stream()
            .mapToDouble(sample -> sample.completion().length())
            .toArray());

    @Test
    void scoresOneCompletionAndEnds() {
        String prompt = environment.reset(5);
        assertThat(prompt).isIn("a", "b", "c");
        assertThat(environment.step("four")).isEqualTo(new Environment.Step("", 4, true));
        assertThatThrownBy(() -> environment.step("more")).isInstanceOf(IllegalStateException.class);
        assertThat(environment.reset(5)).isEqualTo(prompt);
    }
}
