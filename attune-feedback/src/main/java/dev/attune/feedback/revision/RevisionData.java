package dev.attune.feedback.revision;

import dev.attune.core.data.Row;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Preference.Judge;
import dev.attune.core.feedback.Preference.Origin;
import dev.attune.feedback.constitution.Constitution;
import java.util.List;

/**
 * Training data from revised answers: demonstrations whose completion is the last usable revision, and pairs that prefer it to
 * the first answer. Answers without a usable revision give neither.
 *
 * @param constitution named in the origin of each pair
 * @param critic the model that wrote the revisions, named likewise
 */
public record RevisionData(Constitution constitution, String critic) {
    /** The last usable revision of each answer that has one. */
    public List<Row.CompletionRow> demonstrations(List<RevisedAnswer> answers) {
        return answers.stream()
                .filter(RevisedAnswer::changed)
                .map(answer -> new Row.CompletionRow(0, answer.prompt(), answer.result()))
                .toList();
    }

    /** The last usable revision over the first answer, for each answer that has one. */
    public List<Row.PreferenceRow> pairs(List<RevisedAnswer> answers) {
        return answers.stream()
                .filter(RevisedAnswer::changed)
                .map(answer -> new Row.PreferenceRow(0, preference(answer)))
                .toList();
    }

    private Preference preference(RevisedAnswer answer) {
        return new Preference(answer.prompt(), answer.result(), answer.answer(), 1, 1, null, origin(answer));
    }

    private Origin origin(RevisedAnswer answer) {
        List<String> principles = answer.drafts().stream()
                .filter(Draft::used)
                .map(Draft::principle)
                .toList();
        return Origin.of(new Judge(Judge.Kind.MODEL, critic, constitution.label(), principles));
    }
}
