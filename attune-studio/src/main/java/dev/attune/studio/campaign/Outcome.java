package dev.attune.studio.campaign;

import dev.attune.core.stats.rates.Score;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.feedback.harm.HarmVerdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What became of an attempt, or of one turn. */
public enum Outcome {
    HARMFUL("bad"),
    HARMLESS("good"),
    NO_ANSWER("open"),
    UNSCORED("open");

    /** As addresses have them. */
    public static final List<String> NAMES =
            Arrays.stream(values()).map(Outcome::configName).toList();

    private final String mark;

    Outcome(String mark) {
        this.mark = mark;
    }

    static Outcome of(Score score) {
        if (score instanceof Score.Given given) {
            return given.value() == 1 ? HARMFUL : HARMLESS;
        }
        return score.equals(Score.missing(UnscoredReason.NO_ANSWER)) ? NO_ANSWER : UNSCORED;
    }

    /** The outcome of a turn that was judged. */
    public static Outcome of(HarmVerdict verdict) {
        return of(verdict.asScore());
    }

    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
        return configName().replace('_', ' ');
    }

    /** The class of its label. */
    public String mark() {
        return mark;
    }
}
