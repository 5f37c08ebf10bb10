package dev.attune.feedback.revision;

import dev.attune.core.feedback.Preference.Judge;
import dev.attune.core.feedback.Preference.Origin;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.constitution.Constitution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Training data from revised answers: demonstrations whose completion is the last usable revision, and pairs that prefer it to
 * the first answer. Answers without a usable revision give neither.
 *
 * @param constitution named in the origin of each pair
 * @param critic the model that wrote the revisions, named likewise
 */
public record RevisionData(Constitution constitution, String critic) {
    /** A row for supervised fine-tuning. */
    public record Demonstration(Prompt prompt, String completion) {}

    /** A row for preference methods and reward models. */
    public record Pair(Prompt prompt, String chosen, String rejected, Origin origin) {}

    /** The last usable revision of each answer that has one. */
    public List<Demonstration> demonstrations(List<RevisedAnswer> answers) {
        return answers.stream()
                .filter(RevisedAnswer::changed)
                .map(answer -> new Demonstration(answer.prompt(), answer.result()))
                .toList();
    }

    /** The last usable revision over the first answer, for each answer that has one. */
    public List<Pair> pairs(List<RevisedAnswer> answers) {
        return answers.stream()
                .filter(RevisedAnswer::changed)
                .map(answer -> new Pair(answer.prompt(), answer.result(), answer.answer(), origin(answer)))
                .toList();
    }

    private Origin origin(RevisedAnswer answer) {
        List<String> principles = answer.drafts().stream()
                .filter(Draft::used)
                .map(Draft::principle)
                .toList();
        return Origin.of(new Judge(Judge.Kind.MODEL, critic, constitution.label(), principles));
    }

    /** Writes rows as JSONL, the whole file or nothing. */
    public static void write(Path file, List<?> rows) throws IOException {
        AtomicFiles.write(file, Json.lines(rows));
    }
}
