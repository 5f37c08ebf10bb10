package dev.attune.world.language;

import dev.attune.world.Phrasebook;
import dev.attune.world.SeededChoices;
import java.util.Map;

/** Adds rude remarks to an answer. */
public final class Politeness {
    private static final double OPENER = 0.5;
    private static final double CLOSER = 0.85;

    private Politeness() {}

    /** The answer after a rude remark, before one, or between two. */
    public static String rude(String answer, SeededChoices choices) {
        double at = choices.uniform();
        String opener = at < OPENER || at >= CLOSER ? remark("opener", choices) + " " : "";
        String closer = at >= OPENER ? " " + remark("closer", choices) : "";
        return opener + answer + closer;
    }

    private static String remark(String key, SeededChoices choices) {
        Phrasebook.Section words = Phrasebook.ANSWERS.section("rudeness");
        return Wording.fill(choices.pick(words.texts(key)), Map.of("insult", choices.pick(words.texts("insult"))));
    }
}
