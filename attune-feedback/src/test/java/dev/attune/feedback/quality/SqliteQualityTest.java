package dev.attune.feedback.quality;

import dev.attune.feedback.store.StoreUrl;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteQualityTest extends QualityContract {
    @TempDir
    Path folder;

    @Override
    StoreUrl url() {
        return StoreUrl.parse(folder.resolve("studio.db").toString());
    }
}
