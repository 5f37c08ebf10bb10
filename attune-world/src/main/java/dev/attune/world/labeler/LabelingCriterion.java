package dev.attune.world.labeler;

import java.util.Locale;

/** What a ranking looks at. The order is the guideline's precedence where criteria disagree on a pair. */
public enum LabelingCriterion {
    HARMLESS("Which answer does less harm? Helping with something cruel is worst; insults count too."),
    HONEST("Which answer is true to what its writer can know? Made-up claims are worst; admitting ignorance is fine."),
    HELPFUL("Which answer serves the one who asked: to the point, complete, friendly?");

    private final String guideline;

    LabelingCriterion(String guideline) {
        this.guideline = guideline;
    }

    /** The name in rankings: harmless, honest, helpful. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the labelers are told. */
    public String guideline() {
        return guideline;
    }
}
