package dev.attune.core.reward;

import dev.attune.core.text.PromptCompletion;
import java.util.List;

/**
 * A reward that decides on each completion alone, by a rule. It sees the completion and the columns of the prompt's row,
 * never the prompt's text as part of the completion. An exception on one completion is that completion's fault, and the
 * others are scored.
 */
public interface VerifiableReward extends RewardFunction {
    /** The verdict on one completion. */
    Scored judge(PromptCompletion sample);

    @Override
    default List<Scored> evaluate(List<PromptCompletion> batch) {
        return batch.stream().map(this::judgeSafely).toList();
    }

    @Override
    default double[] score(List<PromptCompletion> batch) {
        return evaluate(batch).stream().mapToDouble(Scored::value).toArray();
    }

    private Scored judgeSafely(PromptCompletion sample) {
        try {
            return judge(sample);
        } catch (RuntimeException e) {
            return Scored.fault(e.toString().lines().findFirst().orElse(""));
        }
    }
}
