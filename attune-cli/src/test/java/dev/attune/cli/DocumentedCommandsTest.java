package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/**
 * Runs what the docs show. In README.md and docs/, a block that starts with ```sh and follows the line {@code <!-- run -->}
 * is run in-process; of all other such blocks each line {@code ./attune COMMAND} must at least name a command and options
 * that there are.
 */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("(<!-- run -->\\s*\\n)?```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    @TestFactory
    List<DynamicTest> documented() throws IOException {
        Path root = Path.of(System.getProperty("attune.root"));
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages(root)) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                boolean run = block.group(1) != null;
                for (String line : block.group(2).replace("\\\n", " ").lines().toList()) {
                    if (line.strip().startsWith("./attune ")) {
                        List<String> words = words(line.strip());
                        tests.add(DynamicTest.dynamicTest(
                                page.getFileName() + ": " + line.strip(), () -> check(words, run)));
                    }
                }
            }
        }
        return tests;
    }

    private static List<Path> pages(Path root) throws IOException {
        List<Path> pages = new ArrayList<>(List.of(root.resolve("README.md")));
        Path docs = root.resolve("docs");
        if (Files.isDirectory(docs)) {
            try (Stream<Path> found = Files.walk(docs)) {
                found.filter(path -> path.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    private static void check(List<String> words, boolean run) {
        if (run) {
            CommandLineRun result = CommandLineRun.of(words.toArray(String[]::new));
            assertThat(result.status()).as(result.err()).isZero();
            return;
        }
        try {
            new CommandLine(new Attune()).parseArgs(words.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new AssertionError(e.getMessage());
        }
    }

    /** The words behind {@code ./attune}, up to a comment or a pipe. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String plain = word.group(3);
            if (plain != null && (plain.startsWith("#") || plain.equals("|") || plain.startsWith(">"))) {
                break;
            }
            words.add(plain != null ? plain : word.group(1) != null ? word.group(1) : word.group(2));
        }
        return words.subList(1, words.size());
    }
}
