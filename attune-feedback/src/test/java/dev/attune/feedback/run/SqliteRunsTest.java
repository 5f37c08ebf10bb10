package dev.attune.feedback.run;

import dev.attune.feedback.store.StoreUrl;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunsTest extends RunsContract {
    @TempDir
    Path folder;

    @Override
    StoreUrl url() {
        return StoreUrl.parse(folder.resolve("studio.db").toString());
    }
}
