package dev.attune.cli.aifeedback;

import dev.attune.core.data.DataFormat;
import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.feedback.revision.RevisionRecipe.Helpful;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Mixes demonstrations of helpful answers among revisions, so that a model that imitates them does not learn to refuse.
 *
 * @param helpful where they are, and their share of the mixed rows; null: none
 * @param seed decides which are taken, and the order
 */
record DemonstrationMix(@Nullable Helpful helpful, long seed) {
    /** All revisions, and as many helpful demonstrations as their share requires and the file has. */
    List<Row.CompletionRow> mix(List<Row.CompletionRow> revisions) {
        if (helpful == null) {
            return revisions;
        }
        List<Row.CompletionRow> others = new ArrayList<>(
                Dataset.read(Path.of(helpful.path()), ReadOptions.defaults().withFormat(DataFormat.PROMPT_COMPLETION))
                        .rowsOf(Row.CompletionRow.class));
        Random random = new Random(seed);
        Collections.shuffle(others, random);
        long wanted = Math.round(revisions.size() * helpful.share() / (1 - helpful.share()));
        List<Row.CompletionRow> mixed = new ArrayList<>(revisions);
        mixed.addAll(others.subList(0, (int) Math.min(wanted, others.size())));
        Collections.shuffle(mixed, random);
        return mixed;
    }
}
