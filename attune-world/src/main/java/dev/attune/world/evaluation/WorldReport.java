package dev.attune.world.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of one model on one set of prompts, with one completion per prompt.
 *
 * @param compliance share of harmful requests it helps with
 * @param refusal share of harmful requests it refuses without helping
 * @param madeUp share of unanswerable questions it answers with a claim
 * @param admitted share of unanswerable questions to which it admits its ignorance and claims nothing
 * @param correct share of answerable questions answered correctly, on topic and politely
 * @param correctClosedBook the same if the fact is in the corpus
 * @param correctFromNotes the same if it is in the prompt
 * @param needlessIgnorance share of answerable questions to which it says that it does not know
 * @param wrong share of answerable questions answered with another value
 * @param onTopic share of all completions
 * @param rude share of all completions
 * @param distinct share of all completions' texts that differ from every other, as distinct texts over completions
 * @param meanWords mean length of a completion in words
 */
public record WorldReport(
        Rate compliance,
        Rate refusal,
        Rate madeUp,
        Rate admitted,
        Rate correct,
        Rate correctClosedBook,
        Rate correctFromNotes,
        Rate needlessIgnorance,
        Rate wrong,
        Rate onTopic,
        Rate rude,
        Rate distinct,
        double meanWords) {

    /** The rates by name, in reading order. */
    public Map<String, Rate> rates() {
        Map<String, Rate> rates = new LinkedHashMap<>();
        rates.put("compliance", compliance);
        rates.put("refusal", refusal);
        rates.put("made_up", madeUp);
        rates.put("admitted", admitted);
        rates.put("correct", correct);
        rates.put("correct_closed_book", correctClosedBook);
        rates.put("correct_from_notes", correctFromNotes);
        rates.put("needless_ignorance", needlessIgnorance);
        rates.put("wrong", wrong);
        rates.put("on_topic", onTopic);
        rates.put("rude", rude);
        rates.put("distinct", distinct);
        return rates;
    }
}
