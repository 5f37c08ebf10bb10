package dev.attune.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a page of the documentation tells its reader to type.
 *
 * @param commands the arguments of each {@code ./attune ...}, in the order of the page
 * @param mentions the arguments of each {@code attune ...}, which names a command in a sentence
 * @param files the files that the page shows, by name: blocks behind {@code <!-- file: NAME -->}
 */
record DocumentedPage(
        String name, List<List<String>> commands, List<List<String>> mentions, Map<String, String> files) {
    private static final Pattern FILE =
            Pattern.compile("<!-- file: (\\S+) -->\\s*\\n```[a-z]*\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```([a-z]*)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SPAN = Pattern.compile("`(\\./)?attune ([^`]+)`");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    /** README.md and every page under docs/. */
    static List<DocumentedPage> all(Path root) throws IOException {
        List<Path> files = new ArrayList<>(List.of(root.resolve("README.md")));
        try (Stream<Path> found = Files.walk(root.resolve("docs"))) {
            found.filter(path -> path.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        List<DocumentedPage> pages = new ArrayList<>();
        for (Path file : files) {
            pages.add(of(String.valueOf(file.getFileName()), Files.readString(file)));
        }
        return pages;
    }

    static DocumentedPage of(String name, String text) {
        Map<String, String> files = new LinkedHashMap<>();
        FILE.matcher(text).results().forEach(file -> files.put(file.group(1), file.group(2)));
        List<List<String>> commands = new ArrayList<>();
        List<List<String>> mentions = new ArrayList<>();
        int at = 0;
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            addSpans(text.substring(at, block.start()), commands, mentions);
            if (block.group(1).equals("sh")) {
                addLines(block.group(2), commands);
            }
            at = block.end();
        }
        addSpans(text.substring(at), commands, mentions);
        return new DocumentedPage(name, commands, mentions, files);
    }

    private static void addSpans(String prose, List<List<String>> commands, List<List<String>> mentions) {
        SPAN.matcher(prose).results().forEach(span -> (span.group(1) == null ? mentions : commands)
                .add(words(span.group(2))));
    }

    private static void addLines(String block, List<List<String>> commands) {
        block.replace("\\\n", " ")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("./attune "))
                .forEach(line -> commands.add(words(line.substring("./attune ".length()))));
    }

    /** The words of a command line, up to a comment, a pipe or a redirection. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String plain = word.group(3);
            if (plain != null && (plain.startsWith("#") || plain.equals("|") || plain.startsWith(">"))) {
                break;
            }
            words.add(plain != null ? plain : word.group(1) != null ? word.group(1) : word.group(2));
        }
        return List.copyOf(words);
    }
}
