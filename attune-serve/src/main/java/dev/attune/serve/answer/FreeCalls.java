package dev.attune.serve.answer;

import dev.attune.core.json.Json;
import dev.attune.serve.text.ThinkingText;
import dev.attune.serve.tool.ToolText;
import dev.attune.serve.tool.Tools;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds calls between tags in a text that the model wrote freely. What is no call of a given function stays text. */
final class FreeCalls implements AnswerReader {
    private final Tools tools;
    private final AnswerParts parts;
    private final StringBuilder held = new StringBuilder();
    private boolean called;

    FreeCalls(Tools tools, AnswerParts parts) {
        this.tools = tools;
        this.parts = parts;
    }

    @Override
    public void add(String text) {
        held.append(text);
        while (takeCall()) {
            called = true;
        }
        int open = held.indexOf(ToolText.OPEN);
        release(open >= 0 ? open : held.length() - ThinkingText.partOf(held, ToolText.OPEN));
    }

    @Override
    public void end(boolean cut) {
        int open = held.indexOf(ToolText.OPEN);
        if (!cut && open >= 0 && call(held.substring(open + ToolText.OPEN.length()))) {
            held.setLength(0);
        }
        String rest = held.toString();
        held.setLength(0);
        show(called && rest.isBlank() ? "" : rest);
    }

    /** Takes the first whole element; one that is no call becomes text. */
    private boolean takeCall() {
        int open = held.indexOf(ToolText.OPEN);
        int close = open < 0 ? -1 : held.indexOf(ToolText.CLOSE, open);
        if (close < 0) {
            return false;
        }
        int end = close + ToolText.CLOSE.length();
        String before = held.substring(0, open);
        String element = held.substring(open, end);
        held.delete(0, end);
        if (isCall(element)) {
            show(called && before.isBlank() ? "" : before.stripTrailing());
            call(inner(element));
        } else {
            show(before + element);
        }
        return true;
    }

    private static String inner(String element) {
        return element.substring(ToolText.OPEN.length(), element.length() - ToolText.CLOSE.length());
    }

    private boolean isCall(String element) {
        return parse(inner(element)) != null;
    }

    private boolean call(String text) {
        ObjectNode call = parse(text);
        if (call == null) {
            return false;
        }
        called = true;
        parts.call(call.get("name").stringValue());
        parts.arguments(arguments(call.get("arguments")));
        return true;
    }

    private static String arguments(@Nullable JsonNode arguments) {
        if (arguments == null || arguments.isNull()) {
            return "{}";
        }
        String text = arguments.isString() ? arguments.stringValue() : arguments.toString();
        return text.isBlank() ? "{}" : text;
    }

    private @Nullable ObjectNode parse(String text) {
        try {
            JsonNode node = Json.tree(text);
            boolean known = node instanceof ObjectNode
                    && node.path("name").isString()
                    && tools.has(node.path("name").stringValue());
            return known ? (ObjectNode) node : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Shows text up to an index, but keeps white space that a call may follow. */
    private void release(int end) {
        int shown = end;
        while (shown > 0 && Character.isWhitespace(held.charAt(shown - 1))) {
            shown--;
        }
        show(held.substring(0, shown));
        held.delete(0, shown);
    }

    private void show(String text) {
        if (!text.isEmpty()) {
            parts.content(text);
        }
    }
}
