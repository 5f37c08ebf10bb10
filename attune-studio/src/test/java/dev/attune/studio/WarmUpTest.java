package dev.attune.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.attune.feedback.account.Invitations;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    @TempDir
    Path folder;

    @Test
    void aTeamsStudioWarmsUpAndLeavesNothingOfItBehind() throws Exception {
        List<Path> before = left();
        StoreUrl database = StoreUrl.parse(folder.resolve("studio.db").toString());
        try (Store store = Store.open(database)) {
            new Invitations(store).invite(Role.ADMIN, null);
            StudioOptions options = new StudioOptions(database, "127.0.0.1", 0, folder.resolve("runs"), 1);
            try (Studio studio = Studio.startWarm(options, Wiring.NONE)) {
                assertThat(new StudioClient(studio.address(), null)
                                .get("/login")
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(new Projects(store).all()).isEmpty();
        }
        assertThat(before).containsAll(left());
    }

    @Test
    void aStudioThatCannotWarmUpStartsCold() {
        assertThatCode(() -> WarmUp.run(folder.resolve("missing"))).doesNotThrowAnyException();
    }

    private static List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(path -> path.getFileName().toString().startsWith("attune-warm-up"))
                    .toList();
        }
    }
}
