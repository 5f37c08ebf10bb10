package dev.attune.feedback.judge;

import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.prompt.AnswerLimit;
import dev.attune.feedback.judge.prompt.PromptTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return judgement(item, rate(SCORE, item, item.principle(), sample));
    }

    @Override
    public List<Judgement> judgeAll(List<JudgedItem> items, int sample) {
        if (!rater.batches()) {
            return Judge.super.judgeAll(items, sample);
        }
        Judgement[] judgements = new Judgement[items.size()];
        List<Rater.Question> questions = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < judgements.length; i++) {
            JudgedItem item = items.get(i);
            item.requireAnswers(1);
            Optional<List<String>> fit = limit.fit(item.answers());
            if (fit.isPresent()) {
                places.add(i);
                questions.add(new Rater.Question(SCORE, prompt(item, fit.get().get(0), item.principle())));
            } else {
                judgements[i] = judgement(item, tooLong(SCORE));
            }
        }
        List<Opinion> opinions = questions.isEmpty() ? List.of() : rater.rateAll(questions, sample);
        for (int i = 0; i < places.size(); i++) {
            judgements[places.get(i)] = judgement(items.get(places.get(i)), opinions.get(i));
        }
        return List.of(judgements);
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

    /** One opinion by a principle of its own. */
    Opinion rate(String asked, JudgedItem item, String principle, int sample) {
        item.requireAnswers(1);
        return limit.fit(item.answers())
                .map(fit -> rater.rate(asked, prompt(item, fit.get(0), principle), sample))
                .orElseGet(() -> tooLong(asked));
    }

    private Prompt prompt(JudgedItem item, String answer, String principle) {
        return Prompt.chat(Message.user(template.fill(
                Map.of("question", item.asked(), "answer", answer),
                Map.of("principle", principle, "instruction", rater.instruction()),
                rater.form())));
    }
}
