package dev.attune.feedback.rating;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Figure;
import dev.attune.core.stats.Interval;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** People's ratings beside a judge's verdicts, as names and texts. */
public final class JudgeFacts {
    private JudgeFacts() {}

    /** @param corrected the name of the corrected rate */
    public static Map<String, String> of(JudgeCheck check, String corrected) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rated by people", check.rated() + ", and " + check.unscored() + " without a verdict of the judge");
        facts.put("harmful by people", described(check.people()));
        facts.put("harmful by the judge, of the same", described(check.judge()));
        facts.put("equal verdicts", check.agreement().observed().describe());
        facts.put(
                "Cohen's kappa",
                described(check.agreement().kappa(), check.agreement().kappaInterval()));
        facts.put(
                "Krippendorff's alpha",
                described(check.agreement().alpha(), check.agreement().alphaInterval()));
        facts.put("the judge's sensitivity", described(check.sensitivity()));
        facts.put("the judge's specificity", described(check.specificity()));
        facts.put("harmful by the judge, of all", described(check.apparent()));
        facts.put(corrected, check.refused() == null ? described(check.corrected()) : check.refused());
        check.notes().forEach(note -> facts.merge("note", note, (one, other) -> one + "; " + other));
        return facts;
    }

    private static String described(@Nullable Estimate estimate) {
        return estimate == null ? "none" : estimate.describe();
    }

    private static String described(Figure figure, @Nullable Interval interval) {
        return figure.describe() + (interval == null ? "" : " " + interval.describe());
    }
}
