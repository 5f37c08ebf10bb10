package dev.attune.studio.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A kind of job, told by the keys of the recipe in its directory. */
public enum JobKind {
    REVISE("Critique and revision", "/drafts", "attune revise revise.yaml", "constitution critic gates"),
    ANNOTATE("AI preferences", "/judgements", "attune annotate annotate.yaml", "constitution judge votes"),
    REDTEAM("Red teaming", "/campaign", "attune redteam redteam.yaml", "target seeds tries"),
    EVALUATE("Evaluation", "/evaluation", "attune evaluate MODEL --suite suite.yaml", "suite sha256");

    private static final Pattern KEY = Pattern.compile("^([a-z0-9_]+):");

    private final String title;
    private final String page;
    private final String command;
    /** Separated by blanks. */
    private final String keys;

    JobKind(String title, String page, String command, String keys) {
        this.title = title;
        this.page = page;
        this.command = command;
        this.keys = keys;
    }

    /** The name for people. */
    public String title() {
        return title;
    }

    /** The path of its page. */
    String page() {
        return page;
    }

    /** The command that makes such a job. */
    public String command() {
        return command;
    }

    /** The file with its figures, which is written when the job ends. */
    String summary() {
        return this == EVALUATE ? "evaluation.json" : "summary.json";
    }

    /** The kind of the job in a directory; empty if it is another run, or none. */
    public static Optional<JobKind> of(Path directory) {
        Set<String> keys = keys(directory.resolve("recipe.yaml"));
        return keys.contains("method") || keys.contains("stages")
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(kind -> keys.containsAll(List.of(kind.keys.split(" "))))
                        .findFirst();
    }

    /** The keys of a file that begin a line; none if it cannot be read. */
    private static Set<String> keys(Path recipe) {
        Set<String> keys = new HashSet<>();
        try {
            String text = new String(Files.readAllBytes(recipe), StandardCharsets.UTF_8);
            text.lines().map(KEY::matcher).filter(Matcher::find).forEach(matcher -> keys.add(matcher.group(1)));
        } catch (IOException unreadable) {
            return Set.of();
        }
        return keys;
    }
}
