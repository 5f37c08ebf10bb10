package dev.attune.model.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import dev.attune.model.constraint.machine.Machine;
import dev.attune.model.constraint.machine.Stack;
import dev.attune.model.constraint.schema.UnsupportedSchemaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The public test suite of draft 2020-12: each schema is either refused, naming a keyword of it, or the constraint lets
 * through every valid instance, in some order of its members, byte by byte and token by token, and no invalid one in any.
 * Writes what became of each schema to target/json-schema-suite.tsv.
 */
@Tag("shared")
class JsonSuiteTest {
    private static final int SCHEMAS = 226;
    private static final int SUPPORTED = 220;

    private final List<Vocabularies> vocabularies = Vocabularies.both();
    private final List<String> table = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private int supported;

    @Test
    void everySchemaIsFollowedOrRefusedByName() throws IOException {
        Path suite = Path.of(System.getProperty("attune.shared"), "data", "json-schema-tests");
        try (Stream<Path> files = Files.list(suite)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                for (JsonNode group : Json.tree(Files.readString(file))) {
                    run(file.getFileName().toString(), group);
                }
            }
        }
        Files.write(Path.of("target", "json-schema-suite.tsv"), table);
        System.out.println("JSON Schema test suite: " + supported + " of " + table.size() + " schemas are supported");
        assertThat(wrong).isEmpty();
        assertThat(table).hasSize(SCHEMAS);
        assertThat(supported).isGreaterThanOrEqualTo(SUPPORTED);
    }

    private void run(String file, JsonNode group) {
        String name = file + "\t" + group.get("description").stringValue() + "\t";
        JsonGrammar grammar = null;
        try {
            grammar = JsonGrammar.of(group.get("schema"));
        } catch (UnsupportedSchemaException e) {
            boolean empty = e.keyword().equals("schema") && e.getMessage().contains("allows no value");
            if (!empty) {
                table.add(name + "refused\t" + e.keyword() + "\t" + e.getMessage());
                if (!group.get("schema").toString().contains("\"" + e.keyword() + "\"")) {
                    wrong.add(name + "names a keyword that is not there: " + e.keyword());
                }
                return;
            }
        }
        table.add(name + "supported");
        supported++;
        for (JsonNode test : group.get("tests")) {
            check(name + test.get("description").stringValue(), grammar, test);
        }
    }

    private void check(String name, JsonGrammar grammar, JsonNode test) {
        boolean accepted = false;
        for (String text : Instances.texts(test.get("data"))) {
            boolean ok = grammar != null && reads(grammar, text);
            accepted |= ok;
            for (Vocabularies one : vocabularies) {
                if (ok && !follows(grammar, one, text)) {
                    wrong.add(name + ": not by tokens: " + text);
                }
            }
        }
        if (accepted != test.get("valid").booleanValue()) {
            wrong.add(name + ": " + (accepted ? "let through" : "refused") + ": " + test.get("data"));
        }
    }

    private static boolean reads(JsonGrammar grammar, String text) {
        List<Stack> ways = grammar.start();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            ways = Machine.step(ways, value & 0xFF);
        }
        return Machine.mayEnd(ways);
    }

    private static boolean follows(JsonGrammar grammar, Vocabularies one, String text) {
        JsonConstraint constraint = new JsonConstraint(grammar, one.vocabulary());
        for (int token : one.tokens(text)) {
            if (!constraint.allowed(100_000).get(token)) {
                return false;
            }
            constraint.accept(token);
        }
        return constraint.mayEnd();
    }
}
