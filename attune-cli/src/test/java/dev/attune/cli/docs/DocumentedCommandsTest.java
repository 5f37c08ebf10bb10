package dev.attune.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.Attune;
import dev.attune.cli.CommandLineRun;
import dev.attune.model.SmolLm2;
import dev.attune.training.method.RecipeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs every command of README.md and docs/, page by page, in one folder, with the files that the pages show. What cannot be run
 * as it is stands in {@link Handling}, with the reason. Names in capitals stand for what {@link #SAMPLES} has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("one-jvm")
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of(System.getProperty("attune.root"));
    private static final Path SHARED = ROOT.resolveSibling("shared");
    private static final String RUN = "runs/quickstart/round-1/ppo";

    /** What a word in capitals stands for. */
    private static final Map<String, String> SAMPLES = Map.of(
            "FILE", "rankings.jsonl",
            "NAME", "Kind answers",
            "MODEL", RUN + "/model",
            "RUN", RUN,
            "RECIPE", "my.yaml",
            "DIR", "runs/out",
            "N", "0");

    /** Commands on files of the folder ../shared, which a checkout may lack. */
    private static final String NEEDS_SHARED =
            ".*(\\.\\./shared|hh-harmless|runs/(hh|smollm2|desk)|(mine|desk|harmless)\\.yaml|stories|verify ).*";

    private Path folder;
    private CommandSession session;

    @BeforeAll
    void makeFolder(@TempDir Path created) throws IOException {
        folder = created;
        Path here = Files.createDirectories(folder.resolve("here"));
        if (Files.isDirectory(SHARED)) {
            Files.createSymbolicLink(folder.resolve("shared"), SHARED.toRealPath());
            Path runs = Files.createDirectories(here.resolve("runs"));
            Files.createSymbolicLink(runs.resolve("smollm2"), SmolLm2.directory());
            Files.copy(SHARED.resolve("models/tiny/llama/golden.safetensors"), here.resolve("golden.safetensors"));
        }
        for (DocumentedPage page : DocumentedPage.all(ROOT)) {
            for (Map.Entry<String, String> file : page.files().entrySet()) {
                Files.writeString(here.resolve(file.getKey()), file.getValue());
            }
        }
        session = new CommandSession(here);
    }

    @AfterAll
    void end() throws IOException {
        session.close();
    }

    private static boolean needsShared(List<String> words) {
        return String.join(" ", words).matches(NEEDS_SHARED);
    }

    @TestFactory
    List<DynamicTest> commands() throws IOException {
        return tests(false);
    }

    @TestFactory
    @Tag("shared")
    List<DynamicTest> commandsOnSharedFiles() throws IOException {
        return tests(true);
    }

    private List<DynamicTest> tests(boolean shared) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (DocumentedPage page : DocumentedPage.all(ROOT)) {
            for (List<String> words : page.commands()) {
                if (needsShared(words) == shared) {
                    tests.add(
                            DynamicTest.dynamicTest(page.name() + ": " + String.join(" ", words), () -> check(words)));
                }
            }
        }
        return tests;
    }

    private static String sample(String word, List<String> words) {
        if (word.equals("MODEL") && words.contains("verify")) {
            return "../shared/models/tiny/llama";
        }
        return word.equals("NAME") && words.contains("recipes") ? "ppo" : SAMPLES.getOrDefault(word, word);
    }

    private void check(List<String> words) throws IOException {
        Handling handling = Handling.of(words);
        List<String> arguments = handling.arguments(
                words.stream().map(word -> sample(word, words)).toList());
        new CommandLine(new Attune()).parseArgs(arguments.toArray(String[]::new));
        assertThat(arguments)
                .filteredOn(word -> word.matches("[\\w./-]+\\.(jsonl|json|parquet|safetensors|gz)"))
                .filteredOn(word -> !handling.run())
                .allSatisfy(
                        word -> assertThat(folder.resolve("here").resolve(word)).exists());
        if (handling.run()) {
            CommandLineRun run = session.run(arguments);
            assertThat(run.status()).as(arguments + ": " + run.err()).isZero();
        }
    }

    /** Other files, such as constitutions, are read by the commands of their pages. */
    @Test
    void everyDocumentedRecipeIsValid() throws IOException {
        List<String> names = new ArrayList<>();
        for (DocumentedPage page : DocumentedPage.all(ROOT)) {
            page.files().forEach((name, text) -> {
                if (name.endsWith(".yaml") && text.contains("method:")) {
                    assertThat(RecipeReader.parse(name, text, Map.of())).isNotNull();
                    names.add(name);
                }
            });
        }
        assertThat(names).contains("desk.yaml", "harmless.yaml");
    }

    /** A sentence that names a command names one that there is, with options that it has. */
    @TestFactory
    List<DynamicTest> mentions() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (DocumentedPage page : DocumentedPage.all(ROOT)) {
            for (List<String> words : page.mentions()) {
                tests.add(DynamicTest.dynamicTest(
                        page.name() + ": " + String.join(" ", words), () -> checkMention(words)));
            }
        }
        return tests;
    }

    private static void checkMention(List<String> words) {
        CommandSpec spec = new CommandLine(new Attune()).getCommandSpec();
        int depth = 0;
        while (depth < words.size() && spec.subcommands().containsKey(words.get(depth))) {
            spec = spec.subcommands().get(words.get(depth++)).getCommandSpec();
        }
        assertThat(depth).as("subcommands of " + words).isPositive();
        assertThat(spec.optionsMap().keySet())
                .containsAll(
                        words.stream().filter(word -> word.startsWith("--")).toList());
    }

    @Test
    void commandsAreFoundInBlocksAndInSentences() {
        DocumentedPage page = DocumentedPage.of("p.md", """
                <!-- file: a.jsonl -->
                ```json
                {"prompt": "p"}
                ```
                Type `./attune train a.yaml
                steps=3`, see `attune runs list`, then
                ```sh
                ./attune generate M --prompt "Once upon" \\
                  --seed 1   # a comment
                ls
                ```
                """);
        assertThat(page.files()).containsExactly(Map.entry("a.jsonl", "{\"prompt\": \"p\"}\n"));
        assertThat(page.commands())
                .containsExactly(
                        List.of("train", "a.yaml", "steps=3"),
                        List.of("generate", "M", "--prompt", "Once upon", "--seed", "1"));
        assertThat(page.mentions()).containsExactly(List.of("runs", "list"));
    }

    /** A rule for a command that no page has any more would hide nothing, and goes. */
    @Test
    void everyExceptionIsOfACommandThatADocumentShows() throws IOException {
        List<String> lines = DocumentedPage.all(ROOT).stream()
                .flatMap(page -> page.commands().stream())
                .map(words -> String.join(" ", words))
                .toList();
        assertThat(Handling.ALL).allSatisfy(handling -> assertThat(lines)
                .anyMatch(line -> handling.command().matcher(line).matches()));
    }
}
