package dev.attune.studio.run;

import dev.attune.core.json.Json;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Samples of a policy during training.
 *
 * @param prompt as text
 * @param before its first answer
 * @param after its last one
 */
public record Samples(String prompt, Answer before, Answer after) {
    /** An answer, its step, and its score. */
    public record Answer(int step, String text, OptionalDouble score) {}

    private record Line(String prompt, Answer answer) {}

    /** The first and the last answer of prompts sampled at several steps, those furthest apart first. */
    public static List<Samples> of(Path run, int max) {
        Map<String, List<Answer>> byPrompt = new LinkedHashMap<>();
        for (Line line : lines(run.resolve("samples.jsonl"))) {
            byPrompt.computeIfAbsent(line.prompt(), prompt -> new ArrayList<>()).add(line.answer());
        }
        List<Samples> pairs = new ArrayList<>();
        byPrompt.forEach(
                (prompt, answers) -> pairs.add(new Samples(prompt, answers.get(0), answers.get(answers.size() - 1))));
        pairs.removeIf(pair -> pair.steps() == 0);
        pairs.sort((one, other) -> Integer.compare(other.steps(), one.steps()));
        return List.copyOf(pairs.subList(0, Math.min(max, pairs.size())));
    }

    private int steps() {
        return after.step() - before.step();
    }

    private static List<Line> lines(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        try {
            for (String text : Files.readAllLines(file)) {
                JsonNode line = tree(text);
                JsonNode score = line.path("score");
                if (line.has("prompt")) {
                    lines.add(new Line(
                            prompt(line.path("prompt")),
                            new Answer(
                                    line.path("step").asInt(0),
                                    line.path("completion").asString(""),
                                    score.isNumber() ? OptionalDouble.of(score.asDouble()) : OptionalDouble.empty())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** Empty if the line is incomplete. */
    private static JsonNode tree(String text) {
        try {
            return Json.tree(text);
        } catch (JacksonException unfinished) {
            return Json.strict().createObjectNode();
        }
    }

    private static String prompt(JsonNode node) {
        return Json.records().treeToValue(node, Prompt.class).messages().stream()
                .map(Message::content)
                .collect(Collectors.joining("\n"));
    }
}
