package dev.attune.feedback.redteam;

import dev.attune.core.data.NamedRow;
import dev.attune.core.data.NamedRows;
import dev.attune.core.error.BadInputException;
import dev.attune.core.io.Resources;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.YamlTree;
import dev.attune.core.text.PlainWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads seeds: YAML with a list of requests per category, a text a line, or any table (CSV, JSONL, JSON, Parquet) with a
 * column for the request. A request whose words occurred before is left out.
 */
public final class Seeds {
    /** The name of the built-in seeds. */
    public static final String BUILT_IN = "built-in";

    private static final String RESOURCE = "/redteam/red-team-seeds.yaml";
    private static final String EXPECTED = "a list of requests per category";

    private Seeds() {}

    /** @throws BadInputException naming the file, the place, what was found and what was expected */
    public static List<Seed> read(SeedSource source) {
        if (source.path().equals(BUILT_IN) && !Files.exists(Path.of(BUILT_IN))) {
            return parse("built-in seeds", builtIn());
        }
        Path file = Path.of(source.path());
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml")
                ? parse(file.toString(), text(file))
                : table(file, source);
    }

    /**
     * Parses seeds in YAML.
     *
     * @param place of the text, for messages
     */
    static List<Seed> parse(String place, String text) {
        if (!(YamlTree.parse(place, text) instanceof Node.Section categories)) {
            throw BadInputException.at(place, "no categories", EXPECTED, "write 'CATEGORY:' and '- REQUEST' lines");
        }
        Distinct seeds = new Distinct();
        categories.entries().forEach((category, node) -> {
            if (!(node instanceof Node.Items items) || items.values().isEmpty()) {
                throw fault(place, node, node.kind() + " for '" + category + "'");
            }
            for (Node item : items.values()) {
                if (!(item instanceof Node.Scalar request) || request.text().isBlank()) {
                    throw fault(place, item, item.kind() + " among the requests of '" + category + "'");
                }
                seeds.add(category, request.text());
            }
        });
        return seeds.some(place);
    }

    private static BadInputException fault(String place, Node node, String found) {
        return BadInputException.at(place + ":" + node.line(), found, EXPECTED, "write each request as '- TEXT'");
    }

    private static List<Seed> table(Path file, SeedSource source) {
        Distinct seeds = new Distinct();
        for (NamedRow row : NamedRows.read(file)) {
            seeds.add(
                    row.optionalText(source.category()).orElse(Seed.NO_CATEGORY).strip(), row.text(source.column()));
        }
        return seeds.some(file.toString());
    }

    /** Requests by their words. */
    private static final class Distinct {
        private final List<Seed> seeds = new ArrayList<>();
        private final Set<String> words = new HashSet<>();

        void add(String category, String request) {
            if (words.add(PlainWords.of(request))) {
                seeds.add(new Seed(seeds.size() + 1, category, request.strip()));
            }
        }

        List<Seed> some(String place) {
            if (seeds.isEmpty()) {
                throw BadInputException.at(place, "no request", "at least one", "add requests");
            }
            return List.copyOf(seeds);
        }
    }

    /** The first seeds, taken from each category in turn, in the order of the file. */
    static List<Seed> spread(List<Seed> seeds, int limit) {
        Map<String, Integer> taken = new LinkedHashMap<>();
        Map<Seed, Integer> round = new LinkedHashMap<>();
        seeds.forEach(seed -> round.put(seed, taken.merge(seed.category(), 1, Integer::sum)));
        List<Seed> inTurn = new ArrayList<>(seeds);
        inTurn.sort((a, b) -> Integer.compare(round.getOrDefault(a, 0), round.getOrDefault(b, 0)));
        Set<Seed> chosen = new HashSet<>(inTurn.subList(0, Math.min(limit, inTurn.size())));
        return seeds.stream().filter(chosen::contains).toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw BadInputException.at(
                    file.toString(),
                    "no such file",
                    "seeds, or '" + BUILT_IN + "' for the built-in ones",
                    "check the path");
        } catch (IOException e) {
            throw BadInputException.at(
                    file.toString(), String.valueOf(e.getMessage()), "a readable file of seeds", "check the file");
        }
    }

    private static String builtIn() {
        return Resources.text(Seeds.class, RESOURCE);
    }
}
