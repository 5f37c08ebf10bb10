package com.example.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.TinyDirectory;
import dev.attune.training.launch.Training;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.method.TrainingMethod;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A method comes from a plugin: its class and one line that registers it are all that it needs. */
class DecayMethodTest {
    @TempDir
    Path folder;

    @Test
    void aMethodOfAPluginTrainsResumesAndIsWrittenDown() throws IOException {
        Path model = TinyDirectory.model(folder);
        String recipe = "method: decay\nmodel: " + model
                + "\nfactor: 0.25\nsteps: 2\ncheckpoint: {every: 1}\nplugins: [" + plugin() + "]\n";
        Path out = folder.resolve("run");
        new Training(RunListener.SILENT).run(RecipeReader.parse("r.yaml", recipe, Map.of()), out);
        assertThat(scaled(model, out)).isCloseTo(0.0625, within(1e-7));
        new Training(RunListener.SILENT).resume(out, 3);
        assertThat(scaled(model, out)).isCloseTo(0.015625, within(1e-7));
        assertThat(out.resolve("recipe.yaml")).content().contains("method: decay", "factor: 0.25", "steps: 3");
        assertThat(out.resolve("model/README.md")).content().contains("by the method `decay`");
    }

    @Test
    void itsKeysAreCheckedLikeAllOthers() throws IOException {
        String recipe = "method: decay\nmodel: m\nplugins: [" + plugin() + "]\nfaktor: 0.5\n";
        assertThatThrownBy(() -> RecipeReader.parse("r.yaml", recipe, Map.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("r.yaml:4")
                .hasMessageContaining("did you mean 'factor'?");
        assertThatThrownBy(() -> RecipeReader.parse("r.yaml", "method: decay\nmodel: m\n", Map.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("'decay'")
                .hasMessageContaining("expected sft or reward or ");
    }

    /** How much the first weight of a run's model is of the start's. */
    private static double scaled(Path start, Path run) {
        try (CausalLm before = Checkpoints.loadCausal(start);
                CausalLm after = Checkpoints.loadCausal(run.resolve("model"))) {
            return first(after) / first(before);
        }
    }

    private static double first(CausalLm model) {
        return model.parameters().byName().values().iterator().next().toFloats()[0];
    }

    private String plugin() throws IOException {
        Path services = Files.createDirectories(folder.resolve("plugin/META-INF/services"));
        Files.writeString(services.resolve(TrainingMethod.class.getName()), DecayMethod.class.getName() + "\n");
        return folder.resolve("plugin").toString();
    }
}
