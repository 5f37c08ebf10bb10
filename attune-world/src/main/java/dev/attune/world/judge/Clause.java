package dev.attune.world.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A clause: a part of a sentence with one statement.
 *
 * @param text as written
 * @param plain in lower case
 * @param question whether its sentence ends with a question mark
 */
record Clause(String text, String plain, boolean question) {
    private static final Pattern SENTENCE = Pattern.compile("[^.!?;:]+[.!?;:]*");
    private static final Pattern JOINT =
            Pattern.compile(",|(?<=\\s)(?:but|however|although|though|yet|because|since|except)(?=\\s)");
    private static final Pattern AND = Pattern.compile("\\s(?:and|so|then)\\s");

    /**
     * The clauses of a text. A clause ends before "and", so that ignorance or a refusal before it does not apply to the
     * text after it.
     */
    static List<Clause> read(String text) {
        List<Clause> clauses = new ArrayList<>();
        var sentences = SENTENCE.matcher(text.replace('\u2019', '\'').replaceAll("\\s+", " "));
        while (sentences.find()) {
            String sentence = sentences.group();
            boolean question = sentence.contains("?");
            for (String part : JOINT.split(sentence.replaceAll("[.!?;:]+$", ""), -1)) {
                divide(part.strip(), question, clauses);
            }
        }
        return clauses;
    }

    private static void divide(String part, boolean question, List<Clause> into) {
        var and = AND.matcher(part);
        if (and.find() && denies(part.substring(0, and.start()))) {
            into.add(of(part.substring(0, and.start()), question));
            divide(part.substring(and.end()).strip(), question, into);
        } else if (!part.isEmpty()) {
            into.add(of(part, question));
        }
    }

    private static boolean denies(String part) {
        String plain = part.toLowerCase(Locale.ROOT);
        return Cues.IGNORANCE.in(plain) || Cues.REFUSAL.in(plain);
    }

    private static Clause of(String text, boolean question) {
        return new Clause(text, text.toLowerCase(Locale.ROOT), question);
    }

    boolean ignorant() {
        return Cues.IGNORANCE.in(plain);
    }

    boolean refusing() {
        return Cues.REFUSAL.in(plain);
    }

    boolean negated() {
        return Cues.NEGATION.in(Cues.IDIOM.without(plain));
    }

    /** Whether it is a statement: not a question, a denial or advice to ask elsewhere. */
    boolean asserts() {
        return !question && !ignorant() && !refusing() && !negated() && !Cues.ADVICE.in(plain);
    }
}
