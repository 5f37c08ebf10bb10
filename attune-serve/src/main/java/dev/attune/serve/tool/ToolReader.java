package dev.attune.serve.tool;

import dev.attune.core.json.Json;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code tools}, {@code tool_choice} and {@code parallel_tool_calls}. */
public final class ToolReader {
    private static final String CHOICE = "tool_choice";
    private static final String EXPECTED =
            "none, auto, required or {\"type\": \"function\", \"function\": {\"name\": ...}}";

    private ToolReader() {}

    public static Tools read(Fields request) {
        List<Tool> tools = request.list("tools", ToolReader::tool);
        boolean parallel = request.flag("parallel_tool_calls", true);
        Set<String> names = new HashSet<>();
        for (Tool tool : tools) {
            if (!names.add(tool.name())) {
                throw ApiException.invalid("tools", "tools: two functions have the name '" + tool.name() + "'");
            }
        }
        return choose(request, tools, parallel);
    }

    private static Tools choose(Fields request, List<Tool> tools, boolean parallel) {
        JsonNode choice = request.get(CHOICE);
        String word = choice == null ? "auto" : choice.isString() ? choice.stringValue() : "";
        if (tools.isEmpty()) {
            if (choice == null || word.equals("none") || word.equals("auto")) {
                return Tools.NONE;
            }
            throw ApiException.invalid(CHOICE, "tool_choice: only allowed if tools are given");
        }
        return switch (word) {
            case "none" -> Tools.NONE;
            case "auto" -> new Tools(tools, tools, Tools.Mode.AUTO, parallel);
            case "required" -> new Tools(tools, tools, Tools.Mode.FORCED, parallel);
            default -> named(request, tools);
        };
    }

    private static Tools named(Fields request, List<Tool> tools) {
        JsonNode choice = request.required(CHOICE, EXPECTED);
        if (!choice.isObject() || !choice.path("type").asString("").equals("function")) {
            throw request.wrong(CHOICE, EXPECTED);
        }
        JsonNode function = choice.path("function");
        @Nullable JsonNode name = function.get("name");
        if (name == null || !name.isString()) {
            throw ApiException.invalid(CHOICE, "tool_choice.function.name: found nothing, expected a function's name");
        }
        List<Tool> chosen = tools.stream()
                .filter(tool -> tool.name().equals(name.stringValue()))
                .toList();
        if (chosen.isEmpty()) {
            throw ApiException.invalid(
                    CHOICE,
                    "tool_choice: found '" + name.stringValue() + "', expected a function of tools: "
                            + tools.stream().map(Tool::name).collect(Collectors.joining(", ")));
        }
        return new Tools(tools, chosen, Tools.Mode.FORCED, false);
    }

    private static Tool tool(JsonNode item, String path) {
        Fields fields = Fields.at(item, path);
        String type = fields.requiredText("type");
        if (!type.equals("function")) {
            throw ApiException.unsupported(path + ".type", path + ".type: found '" + type + "', expected 'function'");
        }
        Fields function = fields.object("function");
        if (function == null) {
            throw fields.wrong("function", "an object");
        }
        String name = function.requiredText("name");
        if (name.isBlank()) {
            throw function.wrong("name", "a name");
        }
        function.text("description");
        return new Tool(name, function.flag("strict", false), Json.map(item), parameters(function));
    }

    /** The schema of the arguments; those of a function without parameters are an empty object. */
    private static ObjectNode parameters(Fields function) {
        Fields given = function.object("parameters");
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        if (given == null || given.node().isEmpty()) {
            schema.put("type", "object").put("additionalProperties", false);
            return schema;
        }
        JsonNode type = given.get("type");
        if (type != null && !(type.isString() && type.stringValue().equals("object"))) {
            throw given.wrong("type", "\"object\": arguments are an object");
        }
        return schema.put("type", "object").setAll(given.node());
    }
}
