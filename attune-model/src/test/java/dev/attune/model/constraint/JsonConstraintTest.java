package dev.attune.model.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.json.Json;
import dev.attune.model.constraint.machine.Machine;
import dev.attune.model.constraint.machine.Stack;
import dev.attune.model.constraint.schema.UnsupportedSchemaException;
import dev.attune.model.constraint.text.Dfa;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonConstraintTest {
    private static List<Stack> after(String schema, String text) {
        List<Stack> ways = JsonGrammar.of(Json.tree(schema)).start();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            ways = Machine.step(ways, value & 0xFF);
        }
        return ways;
    }

    private static boolean reads(String schema, String text) {
        return Machine.mayEnd(after(schema, text));
    }

    private static int distance(String schema, String text) {
        return Machine.distance(after(schema, text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"string","pattern":"^(?<=a)b$"}                          | pattern | /pattern
            {"properties":{"a/b":{"pattern":"(a)\\\\1"}}}                     | pattern | /properties/a~1b/pattern
            {"properties":{"a":{"uniqueItems":true}}}                        | uniqueItems | /properties/a/uniqueItems
            {"$ref":"http://example.com/x.json"}                             | $ref | /$ref
            {"items":{"$ref":"#/$defs/none"}}                                | $ref | /items/$ref
            {"type":"strng"}                                                 | type | /type
            {"allOf":[{}],"unevaluatedProperties":false}                     | unevaluatedProperties | /unevaluatedProperties
            {"items":[{}]}                                                   | items | /items
            {"minimum":"3"}                                                  | minimum | /minimum
            {"not":{"additionalProperties":{"type":"null"}}}                 | not | /not
            """)
    void whatIsNotSupportedIsNamedWithItsPlace(String schema, String keyword, String place) {
        assertThatThrownBy(() -> JsonGrammar.of(Json.tree(schema)))
                .isInstanceOfSatisfying(UnsupportedSchemaException.class, e -> {
                    assertThat(e.keyword()).isEqualTo(keyword);
                    assertThat(e.place()).isEqualTo(place);
                })
                .hasMessageStartingWith("at '#" + place + "': the keyword '" + keyword + "' ")
                .hasMessageContaining("; ");
    }

    @Test
    void aSchemaWithoutAnyValueIsRefused() {
        for (String schema : List.of(
                "false",
                "{\"type\":\"integer\",\"exclusiveMinimum\":1,\"exclusiveMaximum\":2}",
                "{\"type\":\"array\",\"items\":false,\"minItems\":1}",
                "{\"type\":\"string\",\"pattern\":\"^abc$\",\"maxLength\":2}",
                "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"$ref\":\"#\"}}}",
                "{\"type\":\"object\",\"minProperties\":3,\"propertyNames\":{\"enum\":[\"a\",\"b\"]}}")) {
            assertThatThrownBy(() -> JsonGrammar.of(Json.tree(schema)))
                    .as(schema)
                    .isInstanceOf(UnsupportedSchemaException.class)
                    .hasMessageContaining("allows no value");
        }
    }

    /** Distances counted by hand. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"object"}                                              | ``                | 2
            {"type":"object"}                                              | {"a               | 4
            {"type":"object"}                                              | {"a":{"b":"c      | 3
            {"type":"object","required":["ab"]}                            | {                 | 7
            {"type":"array","minItems":3}                                  | [1                | 5
            {"type":"array","contains":{"const":100}}                      | [2                | 5
            {"type":"string","minLength":50}                               | "ab               | 49
            {"type":"string","pattern":"^[0-9]{4}-[a-z]+$"}              | "1                | 6
            {"type":"integer","minimum":100}                               | 1                 | 2
            {"type":"object","minProperties":3}                            | {                 | 17
            {"enum":["é"]}                                                 | "                 | 3
            """)
    void howFarItIsToTheEnd(String schema, String text, int bytes) {
        assertThat(distance(schema, text)).isEqualTo(bytes);
    }

    @Test
    void compactTextWithAtMostOneSpace() {
        String schema = "{\"type\":\"object\"}";
        assertThat(reads(schema, "{\"a\": 1, \"b\":[1, 2,3]}")).isTrue();
        for (String text :
                List.of(" {}", "{ }", "{\"a\" :1}", "{\"a\":  1}", "{\"a\":1 }", "{\"a\":\n1}", "{}{", "{\"a\":1,}")) {
            assertThat(after(schema, text)).as(text).isEmpty();
        }
    }

    @Test
    void keysOccurOnce() {
        String schema = "{\"properties\":{\"a\":{}},\"type\":\"object\"}";
        assertThat(reads(schema, "{\"a\":1,\"b\":2}")).isTrue();
        assertThat(reads(schema, "{\"b\":2,\"a\":1}")).isFalse();
        assertThat(reads(schema, "{\"b\":2,\"b\":1}")).isFalse();
        assertThat(reads(schema, "{\"b\":2,\"\\u0062\":1}")).isFalse();
        assertThat(reads(schema, "{\"a\":2,\"\\u0061\":1}")).isFalse();
    }

    /** Two of three keys are used: after the third key's first letter there is one way on. */
    @Test
    void aKeyThatCannotBecomeNewIsDeadAtOnce() {
        String schema = "{\"type\":\"object\",\"propertyNames\":{\"pattern\":\"^[ab]{2}$\"}}";
        assertThat(after(schema, "{\"aa\":1,\"ab\":1,\"a")).isEmpty();
        assertThat(after(schema, "{\"aa\":1,\"ab\":1,\"b")).isNotEmpty();
        assertThat(after(schema, "{\"aa\":1,\"ab\":1,\"ba\":1,\"bb\":1,")).isEmpty();
    }

    @Test
    void stringsAreUnicode() {
        String schema = "{\"type\":\"string\",\"maxLength\":1}";
        assertThat(reads(schema, "\"😀\"")).isTrue();
        assertThat(reads(schema, "\"\\ud83d\\ude00\"")).as("a second spelling").isFalse();
        assertThat(reads(schema, "\"\\u0061\"")).as("a second spelling").isFalse();
        assertThat(reads(schema, "\"\\/\"")).as("a second spelling").isFalse();
        assertThat(reads(schema, "\"\\u000a\"")).as("a second spelling").isFalse();
        assertThat(reads(schema, "\"\\u001F\"")).isTrue();
        assertThat(after("{\"const\":\"a\\nb\"}", "\"a\\u"))
                .as("\\n has a short escape")
                .isEmpty();
        assertThat(reads(schema, "\"\\ud83d\"")).isFalse();
        assertThat(reads(schema, "\"\t\"")).isFalse();
        assertThat(reads(schema, "\"\\t\"")).isTrue();
        List<Stack> ways = after(schema, "\"");
        assertThat(Machine.step(ways, 0xC0)).as("too long").isEmpty();
        assertThat(Machine.step(Machine.step(ways, 0xED), 0xA0))
                .as("half a pair")
                .isEmpty();
        assertThat(Machine.step(ways, 0x80)).as("no beginning").isEmpty();
    }

    @Test
    void numbersAreInTheirPlainForm() {
        String bounds = "{\"type\":\"integer\",\"minimum\":3,\"maximum\":12}";
        for (int i = -2; i < 130; i++) {
            assertThat(reads(bounds, Integer.toString(i))).isEqualTo(i >= 3 && i <= 12);
        }
        assertThat(after(bounds, "2")).as("20 is too large").isEmpty();
        assertThat(after(bounds, "-")).isEmpty();
        assertThat(Machine.isDone(after(bounds, "3"))).isTrue();
        assertThat(Machine.isDone(after(bounds, "1"))).isFalse();
        for (String text : List.of("-0", "01", "1.", "1.0", "1e3")) {
            assertThat(reads("{\"type\":\"integer\"}", text)).as(text).isFalse();
        }
        assertThat(reads("{\"type\":\"number\"}", "-0.50")).isTrue();
        assertThat(reads("{\"type\":\"number\"}", "1.5e-10")).isTrue();
        assertThat(reads("{\"type\":\"number\"}", "1e999")).isFalse();
        assertThat(after("{\"type\":\"number\"}", "1E5e")).isEmpty();
        assertThat(reads("{\"multipleOf\":0.25}", "-1.75")).isTrue();
        assertThat(reads("{\"multipleOf\":0.25}", "1.76")).isFalse();
    }

    @Test
    void alternativesThatHoldOneAnother() {
        String pair = "\"type\":\"object\",\"properties\":{\"left\":{\"$ref\":\"#\"},\"op\":{\"const\":\"OP\"}},"
                + "\"required\":[\"left\",\"op\"],\"additionalProperties\":false";
        String schema = "{\"oneOf\":[{\"type\":\"integer\"},{" + pair.replace("OP", "add") + "},{"
                + pair.replace("OP", "neg") + "}]}";
        assertThat(reads(schema, "{\"left\":{\"left\":1,\"op\":\"neg\"},\"op\":\"add\"}"))
                .isTrue();
        assertThat(reads(schema, "{\"left\":1,\"op\":\"sub\"}")).isFalse();
    }

    @Test
    void levelsEnd() {
        String schema = "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}";
        assertThat(reads(schema, "[".repeat(64) + "]".repeat(64))).isTrue();
        assertThat(after(schema, "[".repeat(65))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            a|b$             ; xxa  ; true
            ^(ab)+$          ; abab ; true
            ^(ab)+$          ; aba  ; false
            ^[^\\d-z]{2}$    ; ax   ; true
            ^[^\\d-z]{2}$    ; a-   ; false
            ^a.c$            ; a😀c ; true
            ^a{2,3}$         ; aaaa ; false
            ^$|^x            ; ``   ; true
            \\p{Lu}\\P{L}    ; É1   ; true
            ^(?:a|(?<n>b))?$ ; b    ; true
            ^a$b             ; a    ; false
            """)
    void patterns(String pattern, String text, boolean found) {
        assertThat(Dfa.pattern(pattern).accepts(text)).isEqualTo(found);
    }
}
