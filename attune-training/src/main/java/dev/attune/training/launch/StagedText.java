package dev.attune.training.launch;

import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeWriter;
import java.util.List;
import java.util.stream.Collectors;

/** A staged recipe as one YAML file, each stage complete. */
final class StagedText {
    private StagedText() {}

    static String yaml(List<RecipeFile.Stage> stages) {
        return "stages:\n" + stages.stream().map(StagedText::item).collect(Collectors.joining());
    }

    private static String item(RecipeFile.Stage stage) {
        return "- name: " + stage.name() + "\n"
                + RecipeWriter.yaml(stage.recipe()).indent(2);
    }
}
