package dev.attune.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.model.template.jinja.JinjaTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Small templates against what Python's jinja2 makes of them (attune-bench/peers/jinja_fixture.py). */
class JinjaTest {
    /** What jinja2 renders and Attune refuses: no chat template needs it. */
    private static final Set<String> REFUSED = Set.of(
            "{% autoescape true %}{{ '<' }}{% endautoescape %}",
            "{{ '{a[b]} {c.d}'.format(a={'b': 1}, c=1) }}",
            "{{ 9223372036854775807 + 1 }}",
            "{{ 99999999999999999999 }}",
            "{{ 2 ** 100 }}",
            "{{ 'abc'.translate({97: 'x'}) }}",
            "{{ 'abc'.encode('utf-8') }}",
            "{{ 2 is sameas 2 }}",
            "{{ [1] is sameas [1] }}",
            "{{ 'upper' is filter }}",
            "{{ 'zzz' is filter }}",
            "{{ 'odd' is test }}",
            "{{ ('<' | safe) + 'x' }}",
            "{{ ('a' | safe) ~ '<' }}",
            "{{ {'class': 'a', 'id': none} | xmlattr }}",
            "{{ pair | pprint }}",
            "{{ word.__class__ }}",
            "{{ self }}",
            "{{ namespace() }}",
            "{{ '\\101' }}",
            "{{ '\\N{BULLET}' }}",
            "{{ '%*d' % (4, 1) }}");

    @TestFactory
    @SuppressWarnings("unchecked") // variables are a JSON object
    Stream<DynamicTest> asPythonRendersThem() throws IOException {
        JsonNode fixture;
        try (InputStream stored = Objects.requireNonNull(JinjaTest.class.getResourceAsStream("jinja.json"))) {
            fixture = JsonMapper.shared().readTree(stored);
        }
        TemplateInput input = new TemplateInput(
                JsonMapper.shared().convertValue(fixture.get("variables").get("messages"), java.util.List.class),
                JsonMapper.shared().convertValue(fixture.get("variables").get("tools"), java.util.List.class),
                true,
                JsonMapper.shared().convertValue(fixture.get("variables"), Map.class),
                LocalDateTime.parse(fixture.get("clock").stringValue()));
        return fixture.get("cases")
                .valueStream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("template").stringValue(), () -> check(entry, input)));
    }

    private static void check(JsonNode entry, TemplateInput input) {
        String source = entry.get("template").stringValue();
        if (entry.has("error") || REFUSED.contains(source)) {
            assertThatThrownBy(() -> render(source, input)).isInstanceOf(RefusedConversationException.class);
        } else {
            assertThat(render(source, input)).isEqualTo(entry.get("expected").stringValue());
        }
    }

    private static String render(String source, TemplateInput input) {
        return JinjaTemplate.parse("t", source)
                .rendered(input.variables(Map.of()), input.date())
                .text();
    }
}
