package dev.attune.feedback.redteam;

import dev.attune.core.data.NamedRow;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.SectionReader;

/**
 * Where seeds are.
 *
 * @param path a file, or {@code built-in}
 * @param column of the request, in tables
 * @param category the column of the category, in tables; rows without one have {@link Seed#NO_CATEGORY}
 */
public record SeedSource(String path, String column, String category) {
    private static final String CATEGORY = "category";

    /** A file with the usual columns, or the built-in seeds. */
    public static SeedSource of(String path) {
        return new SeedSource(path, NamedRow.LINE, CATEGORY);
    }

    /**
     * Reads {@code FILE}, or {@code {path: FILE, column: NAME, category: NAME}}; the built-in seeds if the key is missing.
     *
     * @throws dev.attune.core.error.BadInputException for another form
     */
    static SeedSource read(SectionReader fields, String key) {
        if (!(fields.node(key) instanceof Node.Section)) {
            return of(fields.text(key, Seeds.BUILT_IN));
        }
        return fields.section(
                key,
                section -> new SeedSource(
                        section.requiredText("path", "a file with requests"),
                        section.text("column", NamedRow.LINE),
                        section.text(CATEGORY, CATEGORY)));
    }
}
