package dev.attune.feedback.judge;

import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.reply.BareLabel;
import dev.attune.feedback.judge.reply.Form;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.ToDoubleFunction;

/** A test double: gives a comparison the probability that the first shown answer is better. */
public record ScriptedRater(ToDoubleFunction<String> script) implements Rater {
    /** One probability after another. */
    public static ScriptedRater says(double... probabilities) {
        Iterator<Double> next = Arrays.stream(probabilities).iterator();
        return new ScriptedRater(prompt -> next.next());
    }

    /** Prefers the answer with a word. */
    public static ScriptedRater prefers(String word) {
        return new ScriptedRater(prompt -> prompt.indexOf(word) < prompt.indexOf("[BEGIN ANSWER B]") ? 1 : 0);
    }

    @Override
    public Form form() {
        return new BareLabel();
    }

    @Override
    public String instruction() {
        return "Say A or B.";
    }

    @Override
    public Opinion rate(String asked, Prompt prompt, int sample) {
        double probability = script.applyAsDouble(prompt.messages().get(0).content());
        return new Opinion(asked, Verdict.scored(probability, ""), 1);
    }
}
