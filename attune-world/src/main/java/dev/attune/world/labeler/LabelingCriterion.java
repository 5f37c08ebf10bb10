package dev.attune.world.labeler;

import java.util.Locale;

/** The criteria of rankings, in the guideline's precedence for pairs on which criteria disagree. */
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

    /** The question to labelers. */
    public String guideline() {
        return guideline;
    }
}
