package dev.attune.core.stats.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Figure;
import dev.attune.core.stats.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RatingsTest {
    private static List<Battle> battles(String a, int won, int tied, int lost, String b) {
        List<Battle> battles = new ArrayList<>(Collections.nCopies(won, new Battle(a, b, 1)));
        battles.addAll(Collections.nCopies(tied, new Battle(a, b, 0.5)));
        battles.addAll(Collections.nCopies(lost, new Battle(a, b, 0)));
        return battles;
    }

    private static List<Battle> triangle(String a, String b, String c) {
        List<Battle> battles = battles(a, 7, 2, 3, b);
        battles.addAll(battles(b, 4, 1, 2, c));
        battles.addAll(battles(a, 5, 0, 4, c));
        return battles;
    }

    private static double strength(Ratings ratings, String model) {
        return ratings.of(model).strength().asOptional().orElseThrow();
    }

    /** Two models: the log of the ratio of their wins, ties as halves; its error sqrt(1 / (n p (1 - p))), halved. */
    @Test
    void twoModelsHaveAClosedForm() {
        Ratings ratings = Ratings.of(WinMatrix.of(battles("x", 6, 2, 2, "y")));
        assertThat(strength(ratings, "x") - strength(ratings, "y")).isCloseTo(Math.log(7.0 / 3), within(1e-10));
        assertThat(ratings.of("x").error().asOptional().orElseThrow())
                .isCloseTo(Math.sqrt(1 / (10 * 0.7 * 0.3)) / 2, within(1e-10));
        assertThat(ratings.of("y").battles()).isEqualTo(10);
        assertThat(ratings.notes()).isEmpty();
    }

    @Test
    void theOrderOfBattlesAndNamesDoNotMatter() {
        List<Battle> battles = triangle("a", "b", "c");
        Ratings ratings = Ratings.of(WinMatrix.of(battles));
        RatingIntervals intervals = RatingIntervals.of(battles, 0, 200, 5);
        List<Battle> shuffled = new ArrayList<>(battles);
        Collections.shuffle(shuffled, new Random(1));
        assertThat(Ratings.of(WinMatrix.of(shuffled))).isEqualTo(ratings);
        assertThat(RatingIntervals.of(shuffled, 0, 200, 5)).isEqualTo(intervals);
        List<Battle> renamed = triangle("z", "m", "k");
        Ratings others = Ratings.of(WinMatrix.of(renamed));
        assertThat(strength(others, "z")).isCloseTo(strength(ratings, "a"), within(1e-12));
        assertThat(strength(others, "m")).isCloseTo(strength(ratings, "b"), within(1e-12));
        Interval interval = RatingIntervals.of(renamed, 0, 200, 5).byModel().get("k");
        Interval before = intervals.byModel().get("c");
        assertThat(interval.low()).isCloseTo(before.low(), within(1e-9));
        assertThat(interval.high()).isCloseTo(before.high(), within(1e-9));
    }

    @Test
    void aModelThatLosesAllHasNoRatingAndTheOthersKeepTheirs() {
        List<Battle> battles = battles("a", 6, 0, 3, "b");
        battles.addAll(battles("a", 4, 0, 0, "loser"));
        battles.addAll(battles("winner", 2, 0, 0, "b"));
        battles.addAll(battles("a", 3, 0, 0, "between"));
        battles.addAll(battles("between", 3, 0, 0, "loser"));
        Ratings ratings = Ratings.of(WinMatrix.of(battles));
        assertThat(strength(ratings, "a") - strength(ratings, "b")).isCloseTo(Math.log(2), within(1e-9));
        assertThat(ratings.of("loser").strength())
                .isEqualTo(Figure.undefined("no finite rating: it lost every battle"));
        assertThat(ratings.of("winner").strength())
                .isEqualTo(Figure.undefined("no finite rating: it won every battle"));
        assertThat(ratings.of("between").strength().describe())
                .contains("no chain of wins leads from loser to it and none from it to a");
        assertThat(ratings.notes()).hasSize(3).anyMatch(note -> note.startsWith("loser: undefined: no finite rating"));
        assertThat(ratings.ratings()).extracting(Rating::model).startsWith("a", "b");
    }

    /** 3 wins and one drawn game against the rest: 3.5 to 0.5. */
    @Test
    void aPriorMakesAllFinite() {
        Ratings ratings = Ratings.of(WinMatrix.of(battles("a", 3, 0, 0, "b")), 1);
        assertThat(strength(ratings, "a") - strength(ratings, "b")).isCloseTo(Math.log(7), within(1e-9));
        assertThat(ratings.notes()).containsExactly("1.0 drawn games were added to each pair that could have met");
    }

    @Test
    void groupsThatNeverMetHaveNoCommonOrder() {
        List<Battle> battles = battles("a", 3, 0, 1, "b");
        battles.addAll(battles("c", 2, 0, 1, "d"));
        for (double prior : new double[] {0, 0.5}) {
            Ratings ratings = Ratings.of(WinMatrix.of(battles), prior);
            assertThat(ratings.groups()).containsExactly(List.of("a", "b"), List.of("c", "d"));
            assertThat(ratings.leagues()).isEqualTo(ratings.groups());
            assertThat(ratings.notes().get(0)).isEqualTo("no common order: these groups never met: a, b | c, d");
            assertThatThrownBy(() -> RatingIntervals.of(battles, prior, 10, 1)).isInstanceOf(BadInputException.class);
            assertThat(strength(ratings, "c") + strength(ratings, "d")).isCloseTo(0, within(1e-12));
        }
        assertThat(strength(Ratings.of(WinMatrix.of(battles)), "a")).isCloseTo(Math.log(3) / 2, within(1e-9));
    }

    @Test
    void aModelWithoutBattlesSaysSo() {
        WinMatrix matrix = new WinMatrix(List.of("a", "b", "idle"), new double[][] {{0, 3, 0}, {1, 0, 0}, {0, 0, 0}});
        assertThat(Ratings.of(matrix).of("idle").strength())
                .isEqualTo(Figure.undefined("no finite rating: it met no other model"));
    }

    @Test
    void lopsidedBattlesConverge() {
        List<Battle> battles = battles("a", 100_000, 1, 0, "b");
        battles.addAll(battles("b", 100_000, 1, 0, "c"));
        Ratings ratings = Ratings.of(WinMatrix.of(battles));
        assertThat(strength(ratings, "a") - strength(ratings, "b")).isCloseTo(Math.log(200_001), within(1e-8));
        assertThat(strength(ratings, "a") - strength(ratings, "c")).isCloseTo(2 * Math.log(200_001), within(1e-8));
    }

    @Test
    void battlesWithoutAVerdictAreRefused() {
        assertThatThrownBy(() -> new Battle("a", "b", Double.NaN)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> new Battle("a", "a", 1)).isInstanceOf(BadInputException.class);
    }
}
