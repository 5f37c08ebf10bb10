package dev.attune.feedback.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    StoreUrl url() {
        return StoreUrl.parse(folder.resolve("studio.db").toString());
    }
}
