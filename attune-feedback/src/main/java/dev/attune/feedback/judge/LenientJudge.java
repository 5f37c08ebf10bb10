package dev.attune.feedback.judge;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Leaves an item unscored that the judge's model cannot take, such as one that is too long, unless the judge has given no
 * verdict yet: then the model or its address is wrong. Safe for use by several threads if the judge is.
 */
public final class LenientJudge implements Judge {
    private final Judge judge;
    private volatile boolean asked;

    public LenientJudge(Judge judge) {
        this.judge = judge;
    }

    @Override
    public String name() {
        return judge.name();
    }

    /** All at once; if the judge cannot take one of them, one by one. */
    @Override
    public List<Judgement> judgeAll(List<JudgedItem> items, int sample) {
        try {
            List<Judgement> judgements = judge.judgeAll(items, sample);
            judgements.forEach(this::note);
            return judgements;
        } catch (BadInputException e) {
            return Judge.super.judgeAll(items, sample);
        }
    }

    @Override
    public int batch() {
        return judge.batch();
    }

    private void note(Judgement judgement) {
        if (!judgement.verdict().unscoredReason().equals(Optional.of(UnscoredReason.JUDGE_FAILED))) {
            asked = true;
        }
    }

    @Override
    public Judgement judge(JudgedItem item, int sample) {
        try {
            Judgement judgement = judge.judge(item, sample);
            note(judgement);
            return judgement;
        } catch (BadInputException e) {
            if (!asked) {
                throw e;
            }
            String detail = String.valueOf(e.getMessage());
            return new Judgement(
                    name(),
                    item.principle(),
                    Verdict.unscored(UnscoredReason.JUDGE_FAILED, detail, ""),
                    List.of(Opinion.none("both", UnscoredReason.JUDGE_FAILED, detail)));
        }
    }
}
