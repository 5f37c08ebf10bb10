package dev.attune.training.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.environment.EnvironmentProvider;
import dev.attune.core.error.BadInputException;
import dev.attune.core.provenance.Provenance;
import dev.attune.core.reward.RewardFunction;
import dev.attune.training.TinyDirectory;
import dev.attune.training.launch.Shouting;
import dev.attune.training.launch.Training;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
    @TempDir
    Path folder;

    /** A plugin that declares this class as its service of a type. */
    private String naming(Class<?> type, String service) throws IOException {
        Path services = Files.createDirectories(folder.resolve("plugin/META-INF/services"));
        Files.writeString(services.resolve(type.getName()), service + "\n");
        return folder.resolve("plugin").toString();
    }

    @Test
    void aServiceThatIsMissingFromItsPluginIsNamed() throws IOException {
        try (Plugins plugins = new Plugins(List.of(naming(EnvironmentProvider.class, "com.example.Maze")))) {
            assertThatThrownBy(() -> plugins.environment("maze"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("com.example.Maze")
                    .hasMessageContaining("META-INF/services");
        }
        try (Plugins plugins = new Plugins(List.of(naming(RewardFunction.class, "com.example.Kind")))) {
            assertThatThrownBy(() -> plugins.named("Kind"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("com.example.Kind");
        }
    }

    @Test
    void anUnknownEnvironmentIsToldWhichThereAre() {
        try (Plugins plugins = new Plugins(List.of())) {
            assertThatThrownBy(() -> plugins.environment("maze"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("environment maze")
                    .hasMessageContaining("add its jar to 'plugins'");
        }
    }

    @Test
    void aRunRecordsTheHashOfItsPlugins() throws IOException {
        Path model = TinyDirectory.model(folder);
        Path plugin = Files.write(
                folder.resolve("kind.jar"),
                new byte[] {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        String recipe = "method: ppo\nmodel: " + model + "\nreward: [{class: " + Shouting.class.getName() + "}]\n"
                + "plugins: [" + plugin + "]\ndata: {path: " + TinyDirectory.prompts(folder) + "}\n"
                + "batch: {rollouts: 4, micro: 4}\ngeneration: {max_new_tokens: 4}\nsteps: 1\n";
        Path made = new Training(RunListener.SILENT)
                .run(RecipeReader.parse("r.yaml", recipe, Map.of()), folder.resolve("run"));
        // sha256sum of the 22 bytes of an empty zip file
        assertThat(Provenance.find(made).orElseThrow().versions())
                .containsEntry("plugin " + plugin, "8739c76e681f900923b900c9df0ef75cf421d39cabb54650c4b9ad19b6a76d85");
    }
}
