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
    private static final String SCORE = "score";
    private static final int ANSWERS_TOGETHER = 64;

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
        return judgeAll(List.of(item), sample).get(0);
    }

    @Override
    public List<Judgement> judgeAll(List<JudgedItem> items, int sample) {
        return AskedTogether.judge(
                rater,
                items,
                sample,
                item -> questions(SCORE, item, item.principle()),
                (item, opinions) -> judgement(item, opinions.isEmpty() ? tooLong(SCORE) : opinions.get(0)));
    }

    @Override
    public int batch() {
        return rater.batches() ? ANSWERS_TOGETHER : 1;
    }

    private Judgement judgement(JudgedItem item, Opinion opinion) {
        return new Judgement(name, item.principle(), opinion.verdict(), List.of(opinion));
    }

    private static Opinion tooLong(String asked) {
        return Opinion.none(asked, UnscoredReason.CUT_OFF, "the answer is too long");
    }

    /** One question, by a principle of its own; none if the answer is too long. */
    private List<Rater.Question> questions(String asked, JudgedItem item, String principle) {
        item.requireAnswers(1);
        return limit.fit(item.answers())
                .map(fit -> List.of(new Rater.Question(asked, prompt(item, fit.get(0), principle))))
                .orElse(List.of());
    }

    /** One opinion by a principle of its own. */
    Opinion rate(String asked, JudgedItem item, String principle, int sample) {
        return questions(asked, item, principle).stream()
                .map(question -> rater.rate(asked, question.prompt(), sample))
                .findFirst()
                .orElseGet(() -> tooLong(asked));
    }

    private Prompt prompt(JudgedItem item, String answer, String principle) {
        return Prompt.chat(Message.user(template.fill(
                Map.of("question", item.asked(), "answer", answer),
                Map.of("principle", principle, "instruction", rater.instruction()),
                rater.form())));
    }
}
