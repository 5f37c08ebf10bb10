package dev.attune.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Plays against the board of a page, through its buttons. */
final class BoardPlayer {
    static final String WON = "You win.";
    static final String LOST = "The policy wins.";
    static final String DRAWN = "A draw.";
    static final String ILLEGAL = "The policy makes an illegal move: you win.";

    private static final List<String> BEGINNINGS = List.of("New game, I begin", "New game, policy begins");
    private static final List<String> ENDS = List.of(WON, LOST, DRAWN, ILLEGAL);

    /** Presses the buttons of one line of moves; a call for each would take minutes. */
    private static final String PLAY = """
            ({beginning, moves}) => {
              const board = document.querySelector(".board");
              const buttons = [...board.querySelectorAll("button")];
              const squares = [...board.querySelectorAll(".squares:not(.outputs) button")];
              buttons.find((button) => button.textContent === beginning).click();
              moves.forEach((square) => squares[square - 1].click());
              return {
                said: board.querySelector("[role=status]").textContent,
                free: squares.flatMap((square, i) => (square.disabled ? [] : [i + 1])),
              };
            }
            """;

    private final Page page;

    BoardPlayer(Page page) {
        this.page = page;
    }

    /** Plays every game that there is; answers how often which end was announced. */
    Map<String, Integer> everyGame() {
        Map<String, Integer> ends = new TreeMap<>();
        BEGINNINGS.forEach(beginning -> explore(beginning, List.of(), ends));
        return ends;
    }

    private void explore(String beginning, List<Integer> moves, Map<String, Integer> ends) {
        Map<?, ?> after = (Map<?, ?>) page.evaluate(PLAY, Map.of("beginning", beginning, "moves", moves));
        String said = String.valueOf(after.get("said"));
        if (ENDS.contains(said)) {
            ends.merge(said, 1, Integer::sum);
            return;
        }
        for (Object square : (List<?>) after.get("free")) {
            explore(
                    beginning,
                    Stream.concat(moves.stream(), Stream.of((Integer) square)).toList(),
                    ends);
        }
    }

    Locator square(int number) {
        return page.locator(".board .squares:not(.outputs) button").nth(number - 1);
    }

    String said() {
        return page.locator(".board [role=status]").textContent();
    }

    List<Integer> free() {
        return IntStream.rangeClosed(1, 9)
                .filter(number -> square(number).isEnabled())
                .boxed()
                .toList();
    }
}
