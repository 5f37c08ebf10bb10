package dev.attune.feedback.evaluation;

import dev.attune.core.data.NamedRow;
import dev.attune.core.data.NamedRows;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a measure's prompts are.
 *
 * @param file in a form that {@link NamedRows} reads
 * @param prompt the column of the prompt, or of the text
 * @param category the column of the category; null: no categories
 * @param limit rows that are used, from the first; null: all
 */
public record Source(
        Path file,
        String prompt,
        @Nullable String category,
        @Nullable Integer limit) {
    List<NamedRow> rows() {
        return NamedRows.read(file).stream()
                .limit(limit == null ? Long.MAX_VALUE : limit)
                .toList();
    }

    String category(NamedRow row) {
        return category == null ? "" : row.text(category);
    }
}
