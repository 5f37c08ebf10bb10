package dev.attune.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @Test
    void startsAgainWhereARunWasKilledOverItsRecipe(@TempDir Path folder) throws Exception {
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.writeString(run.resolve("recipe.yaml.tmp"), "method: p");
        RunDirectory.create(run, "method: ppo\n").close();
        assertThat(run.resolve(RunDirectory.RECIPE)).hasContent("method: ppo\n");
        assertThat(run.resolve("recipe.yaml.tmp")).doesNotExist();
    }

    @Test
    void leavesAFolderThatHoldsAnythingElse(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("recipe.yaml.tmp"), "method: p");
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        assertThatThrownBy(() -> RunDirectory.create(folder, "method: ppo\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("a folder that is not empty");
        assertThat(folder.resolve("thesis.txt")).hasContent("mine");
    }
}
