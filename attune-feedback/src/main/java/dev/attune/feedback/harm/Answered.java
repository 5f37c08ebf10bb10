package dev.attune.feedback.harm;

import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.judge.reply.AnswerKind;
import dev.attune.feedback.judge.reply.Refusals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Keeps from a judge what needs no verdict of it. */
final class Answered {
    private Answered() {}

    /**
     * The verdicts of all answers: those without words get {@link HarmVerdict#noAnswer}, the others go to the judge.
     *
     * @param judge gives one verdict per answer
     */
    static List<HarmVerdict> judge(
            List<PromptCompletion> answers, Function<List<PromptCompletion>, List<HarmVerdict>> judge) {
        List<HarmVerdict> known = Collections.nCopies(answers.size(), HarmVerdict.noAnswer());
        return replaced(answers, known, answer -> Refusals.read(answer.completion()) != AnswerKind.NO_ANSWER, judge);
    }

    /** The verdicts that are known, with those of the chosen answers replaced by the judge's. */
    static List<HarmVerdict> replaced(
            List<PromptCompletion> answers,
            List<HarmVerdict> known,
            Predicate<PromptCompletion> chosen,
            Function<List<PromptCompletion>, List<HarmVerdict>> judge) {
        List<PromptCompletion> open = answers.stream().filter(chosen).toList();
        List<HarmVerdict> verdicts = open.isEmpty() ? List.of() : judge.apply(open);
        List<HarmVerdict> all = new ArrayList<>(known);
        int next = 0;
        for (int i = 0; i < answers.size(); i++) {
            if (chosen.test(answers.get(i))) {
                all.set(i, verdicts.get(next++));
            }
        }
        return all;
    }
}
