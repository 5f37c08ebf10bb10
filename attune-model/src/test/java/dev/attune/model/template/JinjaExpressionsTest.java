package dev.attune.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.model.template.jinja.JinjaTemplate;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each expression renders as jinja2 renders it, or is refused; none renders differently. */
class JinjaExpressionsTest {
    private static final JsonNode FILE = file();
    private static final Map<String, @Nullable Object> VARIABLES = variables();

    static List<JsonNode> cases() {
        return StreamSupport.stream(FILE.get("cases").spliterator(), false).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersAsJinja2(JsonNode expression) {
        String source = expression.get("template").stringValue();
        boolean renders = expression.has("text") && expression.path("supported").asBoolean(true);
        if (renders) {
            assertThat(render(source)).isEqualTo(expression.get("text").stringValue());
        } else {
            assertThatThrownBy(() -> render(source)).isInstanceOf(BadInputException.class);
        }
    }

    private static String render(String source) {
        return JinjaTemplate.parse("expression", source).render(VARIABLES);
    }

    private static JsonNode file() {
        try (InputStream in = JinjaExpressionsTest.class.getResourceAsStream("jinja-expressions.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, @Nullable Object> variables() {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        FILE.get("variables").properties().forEach(entry -> variables.put(entry.getKey(), value(entry.getValue())));
        return variables;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            node.forEach(item -> items.add(value(item)));
            return items;
        }
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
            return map;
        }
        if (node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isString()
                ? node.stringValue()
                : node.isIntegralNumber() ? (Object) node.longValue() : (Object) node.doubleValue();
    }
}
