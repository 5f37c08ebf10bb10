package dev.attune.training.kto;

import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.Row;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Label;
import dev.attune.core.feedback.Preference;
import dev.attune.training.batch.SequenceEncoder;
import dev.attune.training.batch.TokenDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A completion with its judgement, as tokens.
 *
 * @param document the prompt with the completion, whose tokens are the targets
 * @param desirable whether the completion should become more probable
 */
public record JudgedCompletion(TokenDocument document, boolean desirable) {
    /**
     * The completions of labels; or those of rankings, the best group being desirable; or both sides of preferences, first
     * all chosen ones, then all rejected ones, as TRL takes pairs apart.
     *
     * @throws BadInputException if a label is not 1, 0 or -1, or the rows are of another kind
     */
    static List<JudgedCompletion> of(Dataset data, SequenceEncoder encoder) {
        DataFormat format = data.format().written();
        if (format == DataFormat.RANKINGS) {
            return Label.of(data.rankings()).stream()
                    .map(label -> new JudgedCompletion(
                            encoder.document(label.prompt(), label.completion()), label.reward() > 0))
                    .toList();
        }
        boolean pairs = data.rows().stream().allMatch(row -> row instanceof Row.PreferenceRow);
        return pairs ? ofPreferences(data.preferences(), encoder) : ofLabels(data, encoder);
    }

    private static List<JudgedCompletion> ofPreferences(List<Preference> preferences, SequenceEncoder encoder) {
        List<JudgedCompletion> completions = new ArrayList<>();
        for (Preference preference : preferences) {
            completions.add(new JudgedCompletion(encoder.document(preference.prompt(), preference.chosen()), true));
        }
        for (Preference preference : preferences) {
            completions.add(new JudgedCompletion(encoder.document(preference.prompt(), preference.rejected()), false));
        }
        return completions;
    }

    private static List<JudgedCompletion> ofLabels(Dataset data, SequenceEncoder encoder) {
        List<JudgedCompletion> completions = new ArrayList<>();
        for (Row.LabelRow row : data.rowsOf(Row.LabelRow.class)) {
            if (row.reward() != 1 && row.reward() != 0 && row.reward() != -1) {
                throw BadInputException.at(
                        data.report().file() + ":" + row.line(),
                        "the label " + row.reward(),
                        "1 or true for a desirable completion, 0, -1 or false for an undesirable one",
                        "decide which rewards are desirable");
            }
            completions.add(new JudgedCompletion(encoder.document(row.prompt(), row.completion()), row.reward() > 0));
        }
        return completions;
    }

    /**
     * This prompt with the completion of another row, cut at its end.
     *
     * @param maxLength tokens of both together
     */
    TokenDocument mismatched(JudgedCompletion other, int maxLength) {
        TokenDocument theirs = other.document;
        int[] prompt = Arrays.copyOf(document.tokens(), document.learnFrom());
        int[] completion = Arrays.copyOfRange(theirs.tokens(), theirs.learnFrom(), theirs.length());
        int[] mask = Arrays.copyOfRange(theirs.mask(), theirs.learnFrom(), theirs.length());
        int kept = Math.max(0, Math.min(completion.length, maxLength - prompt.length));
        return TokenDocument.actions(prompt, Arrays.copyOf(completion, kept), Arrays.copyOf(mask, kept));
    }
}
