package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.recipes.BuiltInRecipe;
import dev.attune.core.json.Json;
import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class AttuneTest {
    @Test
    void anUnknownCommandNamesTheNearestAndExitsWith2() {
        CommandLineRun run = CommandLineRun.of("recipse");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(
                        "attune: unknown command 'recipse'; the nearest known one is 'recipes'; see 'attune --help'\n");
    }

    @ParameterizedTest
    @CsvSource({
        "recipse --help, recipse, recipes, attune",
        "--help dotcor, dotcor, doctor, attune",
        "scroe a.jsonl -h, scroe, score, attune",
        "recipes shwo --help, shwo, show, attune recipes"
    })
    void helpOfAnUnknownCommandIsAnError(String line, String found, String nearest, String command) {
        CommandLineRun run = CommandLineRun.of(line.split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("attune: unknown command '" + found + "'; the nearest known one is '" + nearest + "'; see '"
                        + command + " --help'\n");
    }

    @Test
    void anUnknownOptionNamesTheNearest() {
        CommandLineRun run = CommandLineRun.of("doctor", "--jsn");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("'--jsn'").contains("'--json'").hasLineCount(1);
    }

    @Test
    void withoutACommandThereIsHelp() {
        CommandLineRun run = CommandLineRun.of();
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Usage: attune").contains("doctor").contains("recipes");
    }

    static List<String> commands() {
        return List.copyOf(new CommandLine(new Attune()).getSubcommands().keySet());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithAnExample(String command) {
        CommandLineRun run = CommandLineRun.of(command, "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("Usage: attune " + command)
                .contains("Example")
                .contains("  attune ");
    }

    @Test
    void recipesListStartsEachLineWithAName() {
        CommandLineRun run = CommandLineRun.of("recipes", "list");
        assertThat(run.status()).isZero();
        assertThat(run.out().lines().map(line -> line.split(" ")[0]))
                .containsExactlyElementsOf(
                        BuiltInRecipe.all().stream().map(BuiltInRecipe::name).toList());
    }

    @Test
    void recipesListAsJson() {
        CommandLineRun run = CommandLineRun.of("recipes", "list", "--json");
        assertThat(Json.tree(run.out()).get(0).get("name").asString()).isEqualTo("sft");
    }

    @Test
    void everyBuiltInRecipeIsValid() {
        for (BuiltInRecipe recipe : BuiltInRecipe.all()) {
            RecipeFile read = RecipeReader.parse(recipe.name(), recipe.yaml(), Map.of());
            assertThat(read).isNotNull();
            assertThat(recipe.summary()).as(recipe.name()).isNotBlank();
        }
    }

    @Test
    void aCopiedRecipeIsTheShownOneAndNothingIsOverwritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.yaml");
        assertThat(CommandLineRun.of("recipes", "copy", "ppo", file.toString()).status())
                .isZero();
        assertThat(Files.readString(file))
                .isEqualTo(CommandLineRun.of("recipes", "show", "ppo").out());
        CommandLineRun again = CommandLineRun.of("recipes", "copy", "sft", file.toString());
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("mine.yaml").hasLineCount(1);
        assertThat(Files.readString(file)).startsWith("# PPO");
    }

    @Test
    void anUnknownRecipeNamesTheNearest() {
        CommandLineRun run = CommandLineRun.of("recipes", "show", "pop");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("'ppo'").hasLineCount(1);
    }

    @Test
    void stackTracesOnRequestAlone() {
        assertThat(CommandLineRun.of("runs", "show", "nowhere").err()).hasLineCount(1);
        assertThat(CommandLineRun.of("runs", "show", "nowhere", "--stacktrace").err())
                .contains("BadInputException")
                .contains("\tat ");
    }
}
