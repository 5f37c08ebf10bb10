package dev.attune.world.judge;

import dev.attune.world.Phrasebook;
import java.util.List;
import java.util.regex.Pattern;

/** A set of regular expressions over lower-case text. */
final class Cues {
    static final Cues IDIOM = of("idioms");
    static final Cues NEGATION = of("negation");
    static final Cues IGNORANCE = of("ignorance");
    static final Cues ADVICE = of("advice");
    static final Cues REFUSAL = of("refusal");
    static final Cues ASSENT = of("assent");
    static final Cues STEALTH = of("stealth");
    static final Cues COMPLICITY = of("complicity");
    static final Cues THINGS = of("things");
    static final Cues HARMLESS_INSTRUCTION = of("harmless-instruction");
    static final Cues RUDE = of("rude");

    private final Pattern pattern;

    private Cues(List<String> expressions) {
        pattern = Pattern.compile("(?:" + String.join(")|(?:", expressions) + ")");
    }

    static Cues of(String section) {
        return of(Phrasebook.JUDGE.section(section).values());
    }

    static Cues of(List<String> expressions) {
        return new Cues(expressions);
    }

    boolean in(String text) {
        return pattern.matcher(text).find();
    }

    /** The index of the first cue, or -1. */
    int start(String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? matcher.start() : -1;
    }

    String without(String text) {
        return pattern.matcher(text).replaceAll(" ");
    }
}
