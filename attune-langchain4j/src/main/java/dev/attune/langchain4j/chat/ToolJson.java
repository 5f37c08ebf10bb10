package dev.attune.langchain4j.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tools as the protocol has them. */
final class ToolJson {
    private ToolJson() {}

    static ObjectNode of(ToolSpecification tool) {
        ObjectNode json = JsonMapper.shared().createObjectNode().put("type", "function");
        ObjectNode function = json.putObject("function").put("name", tool.name());
        if (tool.description() != null) {
            function.put("description", tool.description());
        }
        if (tool.parameters() != null) {
            function.set("parameters", SchemaJson.of(tool.parameters()));
        }
        if (tool.strict() != null) {
            function.put("strict", tool.strict());
        }
        return json;
    }
}
