package dev.attune.feedback.drawing;

import dev.attune.feedback.store.StoreUrl;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteDrawingTest extends DrawingContract {
    @TempDir
    Path folder;

    @Override
    StoreUrl url() {
        return StoreUrl.parse(folder.resolve("studio.db").toString());
    }
}
