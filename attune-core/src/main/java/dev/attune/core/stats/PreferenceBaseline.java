package dev.attune.core.stats;

import dev.attune.core.feedback.Preference;
import java.util.List;

/** A simple predictor of preferences, as a baseline for reward models. */
public interface PreferenceBaseline {
    /** The score of chosen minus that of rejected; above 0 if it predicts the label. */
    double margin(Preference pair);

    /** The share of pairs it predicts, ties not among them, with its interval. Pairs labelled as ties are left out. */
    default Estimate accuracy(List<Preference> pairs) {
        List<Preference> decided =
                pairs.stream().filter(pair -> pair.probability() > 0.5).toList();
        double right = decided.stream().filter(pair -> margin(pair) > 0).count();
        return Wilson.share(right, decided.size());
    }
}
