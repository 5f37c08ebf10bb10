package dev.attune.cli.game;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EveryGameTest {
    @Test
    void historiesAreNamedByTheMovesOfBothSides() {
        GameHistory asFirst = GameHistory.beginning().then(5, 1).then(9, 2);
        assertThat(asFirst.line()).isEqualTo("5192");
        assertThat(asFirst.board().text()).isEqualTo("OO..X...X");
        assertThat(asFirst.states()).containsExactly(".", "a", "b");
        assertThat(asFirst.actions()).containsExactly("5", "9");
        GameHistory asSecond = GameHistory.after(3).then(5, 1);
        assertThat(asSecond.line()).isEqualTo("351");
        assertThat(asSecond.states()).containsExactly("c", "a");
    }
}
