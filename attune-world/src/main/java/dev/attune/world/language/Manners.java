package dev.attune.world.language;

import dev.attune.world.Dice;
import java.util.Map;

/** Makes an answer rude. */
public final class Manners {
    private static final double OPENER = 0.5;
    private static final double CLOSER = 0.85;

    private Manners() {}

    /** The answer after a rude remark, before one, or between two. */
    public static String rude(String answer, Dice dice) {
        double at = dice.uniform();
        String opener = at < OPENER || at >= CLOSER ? remark("opener", dice) + " " : "";
        String closer = at >= OPENER ? " " + remark("closer", dice) : "";
        return opener + answer + closer;
    }

    private static String remark(String key, Dice dice) {
        Phrasebook.Section words = Phrasebook.ANSWERS.section("rudeness");
        return Wording.fill(dice.pick(words.texts(key)), Map.of("insult", dice.pick(words.texts("insult"))));
    }
}
