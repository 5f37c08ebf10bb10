package dev.attune.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    Path folder;

    @Test
    void deletesAFolderAndNothingBesideIt() throws Exception {
        Path beside = Files.writeString(folder.resolve("beside"), "kept");
        Path inside = Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(inside.resolve("c"), "gone");
        Folders.delete(folder.resolve("a"));
        Folders.delete(folder.resolve("a"));
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(beside).hasContent("kept");
    }
}
