package dev.attune.feedback.judge;

import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.prompt.AnswerLimit;
import dev.attune.feedback.judge.prompt.PromptTemplate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Scores a single answer on the scale of its rater. */
public record ScoreJudge(String name, Rater rater, PromptTemplate template, AnswerLimit limit) implements Judge {
    public ScoreJudge {
        rater = PatientRater.of(rater);
        template.require(Set.of("question", "answer", "principle"));
    }

    /** A judge with the default template, without limit. */
    public static ScoreJudge of(String name, Rater rater) {
        return new ScoreJudge(name, rater, JudgePrompts.SINGLE, AnswerLimit.NONE);
    }

    @Override
    public Judgement judge(JudgedItem item, int sample) {
        Opinion opinion = rate("score", item, item.principle(), sample);
        return new Judgement(name, item.principle(), opinion.verdict(), List.of(opinion));
    }

    /** One opinion by a principle of its own. */
    Opinion rate(String asked, JudgedItem item, String principle, int sample) {
        item.requireAnswers(1);
        return limit.fit(item.answers())
                .map(fit -> rater.rate(asked, prompt(item, fit.get(0), principle), sample))
                .orElseGet(() -> Opinion.none(asked, UnscoredReason.CUT_OFF, "the answer is too long"));
    }

    private Prompt prompt(JudgedItem item, String answer, String principle) {
        return Prompt.chat(Message.user(template.fill(
                Map.of("question", item.asked(), "answer", answer),
                Map.of("principle", principle, "instruction", rater.instruction()),
                rater.form())));
    }
}
