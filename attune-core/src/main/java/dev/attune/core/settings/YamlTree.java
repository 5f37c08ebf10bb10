package dev.attune.core.settings;

import dev.attune.core.error.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Parses YAML into {@link Node}s that keep their lines, and refuses a key that is given twice. */
public final class YamlTree {
    private static final YAMLMapper MAPPER = new YAMLMapper();
    private final String file;
    private final JsonParser parser;

    private YamlTree(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** @param file the name for messages */
    public static Node parse(String file, String text) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            YamlTree tree = new YamlTree(file, parser);
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw BadInputException.at(file, "an empty file", "a section of keys", "write KEY: VALUE lines");
            }
            Node node = tree.node(first);
            if (parser.nextToken() != null) {
                throw BadInputException.at(
                        file + ":" + tree.line(), "a second document", "one document", "remove what follows '---'");
            }
            return node;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw BadInputException.at(line > 0 ? file + ":" + line : file, reason(e), "YAML", "repair the line");
        }
    }

    private Node node(JsonToken token) {
        int line = line();
        return switch (token) {
            case START_OBJECT -> new Node.Section(entries(), line);
            case START_ARRAY -> new Node.Items(values(), line);
            case VALUE_NULL -> new Node.Scalar("", true, line);
            default -> new Node.Scalar(parser.getString(), parser.getString().equals("~"), line);
        };
    }

    private Map<String, Node> entries() {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int line = line();
            if (entries.put(key, node(parser.nextToken())) != null) {
                throw BadInputException.at(
                        file + ":" + line, "the key '" + key + "' twice", "it once", "remove one of the two");
            }
        }
        return entries;
    }

    private List<Node> values() {
        List<Node> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(node(token));
        }
        return values;
    }

    private static String reason(JacksonException e) {
        String message = e.getOriginalMessage() == null ? "malformed YAML" : e.getOriginalMessage();
        return message.strip().lines().findFirst().orElse("malformed YAML");
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
