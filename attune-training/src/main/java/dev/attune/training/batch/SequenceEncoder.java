package dev.attune.training.batch;

import dev.attune.core.data.Fault;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowCheck;
import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.conversation.Conversation;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.EncodedConversation;
import dev.attune.model.conversation.LossOn;
import dev.attune.training.recipe.Overlong;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the rows of a data set as sequences within a length limit. As a check of rows it reports those that the
 * template refuses and pairs whose sides have the same tokens, and counts over-long rows. Encoded rows are kept, so
 * that training does not encode them again.
 */
public final class SequenceEncoder implements RowCheck {
    private final ConversationEncoder encoder;
    private final LengthLimit limit;
    private final Function<Row, List<EncodedConversation>> sequences;
    private final Function<PromptCompletion, EncodedConversation> scored;
    private final @Nullable CompletionEncoder completions;
    private final RowCheck requirement;
    private final Set<Row> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
    private long rows;
    private long overlong;

    private SequenceEncoder(
            ConversationEncoder encoder,
            LengthLimit limit,
            Function<Row, List<EncodedConversation>> sequences,
            Function<PromptCompletion, EncodedConversation> scored,
            @Nullable CompletionEncoder completions,
            RowCheck requirement) {
        this.encoder = encoder;
        this.limit = limit;
        this.sequences = sequences;
        this.scored = scored;
        this.completions = completions;
        this.requirement = requirement;
    }

    /**
     * For supervised fine-tuning.
     *
     * @param lossOn null: every token of rows of messages, the completion of all others, as TRL does by default
     */
    public static SequenceEncoder forTraining(ConversationEncoder encoder, LengthLimit limit, @Nullable LossOn lossOn) {
        IdentityHashMap<Row, EncodedConversation> encoded = new IdentityHashMap<>();
        return new SequenceEncoder(
                encoder,
                limit,
                row -> List.of(encoded.computeIfAbsent(row, key -> demonstration(encoder, key, lossOn))),
                encoder::scoring,
                null,
                row -> null);
    }

    /**
     * For process reward models.
     *
     * @param steps the sequence of a row with steps, whose learned tokens are the ends of steps; none for other rows
     * @param requirement of each row, checked first
     */
    public static SequenceEncoder forSteps(
            ConversationEncoder encoder,
            LengthLimit limit,
            Function<Row, List<EncodedConversation>> steps,
            RowCheck requirement) {
        IdentityHashMap<Row, List<EncodedConversation>> encoded = new IdentityHashMap<>();
        return new SequenceEncoder(
                encoder, limit, row -> encoded.computeIfAbsent(row, steps), encoder::scoring, null, requirement);
    }

    /** For reward models: the prompt with each of its answers. */
    public static SequenceEncoder forReward(ConversationEncoder encoder, LengthLimit limit) {
        return ofAnswers(encoder, limit, encoder::scoring, null);
    }

    /**
     * For methods that compare a policy's probabilities of given completions: the prompt as in generation with each of its
     * answers. The end of a completion that is too long is cut off without its end token.
     */
    public static SequenceEncoder forCompletions(ConversationEncoder encoder, LengthLimit limit) {
        CompletionEncoder completions = new CompletionEncoder(encoder);
        return ofAnswers(encoder, limit, completions::encode, completions);
    }

    private static SequenceEncoder ofAnswers(
            ConversationEncoder encoder,
            LengthLimit limit,
            Function<PromptCompletion, EncodedConversation> encode,
            @Nullable CompletionEncoder completions) {
        Map<PromptCompletion, EncodedConversation> encoded = new HashMap<>();
        Function<PromptCompletion, EncodedConversation> scored = sample -> encoded.computeIfAbsent(sample, encode);
        return new SequenceEncoder(
                encoder,
                limit,
                row -> answers(row).stream()
                        .map(answer -> scored.apply(new PromptCompletion(row.prompt(), answer)))
                        .toList(),
                scored,
                completions,
                row -> null);
    }

    public ConversationEncoder encoder() {
        return encoder;
    }

    private static EncodedConversation demonstration(ConversationEncoder encoder, Row row, @Nullable LossOn lossOn) {
        if (row instanceof Row.MessagesRow messages) {
            return encoder.training(
                    new Conversation(messages.messages(), messages.tools()),
                    lossOn == null ? LossOn.EVERY_TOKEN : lossOn);
        }
        List<String> answers = answers(row);
        return encoder.training(
                row.prompt(),
                Message.assistant(answers.isEmpty() ? "" : answers.get(0)),
                lossOn == null ? LossOn.LAST : lossOn);
    }

    private static List<String> answers(Row row) {
        if (row instanceof Row.PreferenceRow pair) {
            return List.of(pair.preference().chosen(), pair.preference().rejected());
        }
        if (row instanceof Row.RankingRow ranking) {
            return ranking.ranking().completions().stream()
                    .map(completion -> completion.text())
                    .distinct()
                    .toList();
        }
        if (row instanceof Row.LabelRow label) {
            return List.of(label.completion());
        }
        return row instanceof Row.CompletionRow completion ? List.of(completion.completion()) : List.of();
    }

    @Override
    public @Nullable Problem problem(Row row) {
        Problem unmet = requirement.problem(row);
        if (unmet != null) {
            return unmet;
        }
        List<EncodedConversation> whole = sequences.apply(row);
        rows++;
        boolean tooLong = whole.stream().anyMatch(limit::exceededBy);
        overlong += tooLong ? 1 : 0;
        List<@Nullable EncodedConversation> cut = whole.stream().map(limit::cut).toList();
        if (cut.stream().anyMatch(Objects::isNull)) {
            dropped.add(row);
            return null;
        }
        for (int i = 0; i < cut.size(); i++) {
            for (int j = i + 1; j < cut.size(); j++) {
                if (same(cut.get(i), cut.get(j))) {
                    return new Problem(
                            Fault.Kind.IDENTICAL,
                            "completions whose tokens are the same"
                                    + (tooLong ? " after the cut at data.max_length " + limit.maxLength() : ""),
                            "two different completions");
                }
            }
        }
        return null;
    }

    private static boolean same(@Nullable EncodedConversation one, @Nullable EncodedConversation other) {
        return one != null && other != null && Arrays.equals(one.ids(), other.ids());
    }

    /** Whether the row is used; it is not if it was too long and had to be dropped. */
    public boolean uses(Row row) {
        return !dropped.contains(row);
    }

    /** One line about over-long rows, or null if there were none. */
    public @Nullable String overlongNote() {
        if (overlong == 0) {
            return null;
        }
        long gone = limit.overlong() == Overlong.DROP ? 0 : dropped.size();
        return overlong + " of " + rows + " rows are longer than data.max_length " + limit.maxLength() + ": "
                + limit.overlong().done() + (gone == 0 ? "" : ", and " + gone + " without an answer left are dropped");
    }

    /** Notes for users on how the rows were encoded and cut, one sentence each; empty if there is nothing to say. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        Stream.of(overlongNote(), completions == null ? null : completions.mergeNote())
                .filter(Objects::nonNull)
                .forEach(notes::add);
        notes.addAll(encoder.notes());
        return notes;
    }

    /** The training document of a row in supervised fine-tuning. */
    public TokenDocument document(Row row) {
        return TokenDocument.of(sequence(row));
    }

    /** The first sequence of a row. */
    public EncodedConversation sequence(Row row) {
        return cut(sequences.apply(row).get(0));
    }

    /** A prompt with an answer, as a reward model reads it. */
    public EncodedConversation scoring(Prompt prompt, String completion) {
        return cut(scored.apply(new PromptCompletion(prompt, completion)));
    }

    /** A prompt with a completion; the completion is learned. */
    public TokenDocument document(Prompt prompt, String completion) {
        return TokenDocument.of(scoring(prompt, completion));
    }

    private EncodedConversation cut(EncodedConversation sequence) {
        EncodedConversation cut = limit.cut(sequence);
        if (cut == null) {
            throw BadInputException.at(
                    "data.max_length",
                    "a sequence of " + sequence.length() + " tokens",
                    "at most " + limit.maxLength(),
                    "raise data.max_length or set data.overlong");
        }
        return cut;
    }
}
