package dev.attune.feedback.store;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes completions as database rows; sampling settings are JSON. */
final class CompletionRows {
    private CompletionRows() {}

    /** Reads the columns text, model and sampling. */
    static Ranking.Completion of(ResultSet row) throws SQLException {
        String sampling = row.getString("sampling");
        return new Ranking.Completion(
                row.getString("text"), row.getString("model"), sampling == null ? null : Json.map(Json.tree(sampling)));
    }

    static Insert row(String id, String prompt, Ranking.Completion completion, long created) {
        Map<String, @Nullable Object> sampling = completion.sampling();
        return Insert.into("completion")
                .value("id", id)
                .value("prompt", prompt)
                .value("text", completion.text())
                .value("model", completion.model())
                .value("sampling", sampling == null ? null : Json.line(sampling))
                .value("created", created);
    }
}
