package dev.attune.training.processreward;

import dev.attune.core.data.Fault;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowCheck;
import dev.attune.core.reward.steps.LearnedLabels;
import dev.attune.core.reward.steps.StepLabel;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.EncodedConversation;
import dev.attune.model.conversation.EncodedSteps;
import dev.attune.model.conversation.StepEncoder;
import dev.attune.training.batch.LengthLimit;
import dev.attune.training.batch.SequenceEncoder;
import dev.attune.training.recipe.Overlong;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Encodes rows of steps. The ends of steps are the sequence's learned tokens, by which a cut keeps them. */
final class StepRows {
    private final StepEncoder steps;
    private final SequenceEncoder sequences;
    private final LearnedLabels learned;
    private final Overlong overlong;

    StepRows(ConversationEncoder encoder, LengthLimit limit, ProcessRewardSettings settings) {
        this.steps = new StepEncoder(encoder, settings.stepMark());
        this.learned = settings.labels();
        this.overlong = limit.overlong();
        this.sequences = SequenceEncoder.forSteps(encoder, limit, this::encode, this::problem);
    }

    /** Checks rows and counts over-long ones. */
    SequenceEncoder sequences() {
        return sequences;
    }

    /** The rows with a labelled step. */
    List<LabelledSteps> labelled(List<Row.StepsRow> rows) {
        return rows.stream()
                .map(this::labelled)
                .filter(row -> row.counted() > 0)
                .toList();
    }

    private LabelledSteps labelled(Row.StepsRow row) {
        EncodedConversation sequence = sequences.sequence(row);
        int[] ends = IntStream.range(0, sequence.length())
                .filter(i -> sequence.learned()[i] == 1)
                .toArray();
        List<StepLabel> labels = learned.of(row.labels());
        int from = overlong == Overlong.KEEP_END ? labels.size() - ends.length : 0;
        return new LabelledSteps(
                sequence.ids(), ends, labels.subList(from, from + ends.length), LearnedLabels.outcome(labels));
    }

    private RowCheck.@Nullable Problem problem(Row row) {
        if (!(row instanceof Row.StepsRow solution)) {
            return null;
        }
        String found = steps.problem(solution.steps());
        return found == null
                ? null
                : new RowCheck.Problem(
                        Fault.Kind.BAD_STEPS, found, "one mark per step (process_reward.step_mark names it)");
    }

    private List<EncodedConversation> encode(Row row) {
        if (!(row instanceof Row.StepsRow solution)) {
            return List.of();
        }
        EncodedSteps encoded = steps.encode("line " + row.line(), row.prompt(), solution.steps());
        int[] learnedTokens = new int[encoded.length()];
        Arrays.stream(encoded.ends()).forEach(end -> learnedTokens[end] = 1);
        return List.of(new EncodedConversation(encoded.ids(), learnedTokens, encoded.completionStart(), 0));
    }
}
