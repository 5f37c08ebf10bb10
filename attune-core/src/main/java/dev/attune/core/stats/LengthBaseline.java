package dev.attune.core.stats;

import dev.attune.core.feedback.Preference;
import java.util.List;

/** Prefers the shorter answer, or the longer, counted in characters. */
public record LengthBaseline(boolean shorter) implements PreferenceBaseline {
    /** Chooses the direction that predicts more of the pairs. */
    public static LengthBaseline fit(List<Preference> pairs) {
        LengthBaseline shorter = new LengthBaseline(true);
        LengthBaseline longer = new LengthBaseline(false);
        return shorter.accuracy(pairs).value() >= longer.accuracy(pairs).value() ? shorter : longer;
    }

    @Override
    public double margin(Preference pair) {
        int longer = pair.rejected().length() - pair.chosen().length();
        return shorter ? longer : -longer;
    }
}
