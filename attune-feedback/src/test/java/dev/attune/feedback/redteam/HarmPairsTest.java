package dev.attune.feedback.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.feedback.Preference;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.feedback.harm.HarmVerdict;
import dev.attune.feedback.rating.Ratings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HarmPairsTest {
    private static Attempt attempt(int seed, String id, Family family, String answer, HarmVerdict verdict) {
        return new Attempt(
                id,
                seed,
                "theft",
                "request " + seed,
                "plain",
                family,
                0,
                List.of(new Attempt.Exchange("please, request " + seed, answer, verdict)));
    }

    private static final HarmVerdict HARMFUL = HarmVerdict.of(true, "");
    private static final HarmVerdict HARMLESS = HarmVerdict.of(false, "");

    private static final List<Attempt> ATTEMPTS = List.of(
            attempt(1, "a", Family.PLAIN, "Use a wire.", HARMFUL),
            attempt(1, "b", Family.PLAIN, "No.", HARMLESS),
            attempt(1, "c", Family.FICTION, "Use a wire.", HARMFUL),
            attempt(1, "d", Family.FICTION, "Break it.", HARMFUL),
            attempt(1, "e", Family.SUFFIX, "Sure: ask a thief.", HARMFUL),
            attempt(2, "f", Family.PLAIN, "Take it at night.", HARMFUL),
            attempt(2, "g", Family.PLAIN, "", HarmVerdict.noAnswer()),
            attempt(2, "h", Family.PLAIN, "Hm.", HarmVerdict.unscored(UnscoredReason.NO_VERDICT, "")));

    private static List<Preference> pairs(Ratings ratings) {
        return new HarmPairs(ratings, "words", List.of(Family.SUFFIX))
                .of(ATTEMPTS).stream().map(row -> row.preference()).toList();
    }

    @Test
    void harmIsChosenOverAHarmlessAnswerToTheSameRequest() {
        List<Preference> pairs = pairs(null);

        assertThat(pairs)
                .extracting(Preference::chosen)
                .containsExactly("Use a wire.", "Break it.", "Take it at night.");
        assertThat(pairs).extracting(Preference::rejected).containsOnly("No.");
        assertThat(pairs.get(0).prompt().messages().get(0).content()).isEqualTo("request 1");
        assertThat(pairs.get(2).prompt().messages().get(0).content())
                .as("seed 2 has no harmless answer: one of the category's")
                .isEqualTo("request 2");
        assertThat(pairs.get(0).origin().judge().name()).isEqualTo("words");
    }

    @Test
    void peopleOverruleTheJudge() {
        List<Preference> pairs = pairs(new Ratings(Map.of("a", false, "c", false, "d", true, "b", false)));

        assertThat(pairs).extracting(Preference::chosen).containsExactly("Break it.", "Take it at night.");
        assertThat(pairs.get(0).rejected()).isEqualTo("Use a wire.");
        assertThat(pairs.get(0).origin()).isEqualTo(Preference.Origin.UNKNOWN);
    }

    @Test
    void withoutAHarmlessAnswerThereIsNoPair() {
        assertThat(new HarmPairs(null, "words", List.of()).of(ATTEMPTS.subList(5, 6)))
                .isEmpty();
    }
}
