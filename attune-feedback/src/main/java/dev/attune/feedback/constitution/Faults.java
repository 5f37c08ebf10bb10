package dev.attune.feedback.constitution;

import dev.attune.core.text.PlainWords;

/** Reads whether a critique found a fault. */
public final class Faults {
    private Faults() {}

    /**
     * Whether a critique begins with the constitution's {@code no_fault} text. Case, punctuation and white space do not count;
     * the text must be followed by the end of a word. A critique without any word finds no fault either.
     */
    public static boolean none(Constitution constitution, String critique) {
        String said = PlainWords.of(critique);
        String phrase = PlainWords.of(constitution.noFault());
        return said.isEmpty() || said.equals(phrase) || said.startsWith(phrase + " ");
    }
}
