package dev.attune.serve.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosedSchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'properties':{'a':{}}} | {'properties':{'a':{}},'additionalProperties':false}",
                "{'properties':{'a':{'properties':{'b':{}}}}}"
                        + "| {'properties':{'a':{'properties':{'b':{}},'additionalProperties':false}},'additionalProperties':false}",
                "{'items':{'properties':{}}} | {'items':{'properties':{},'additionalProperties':false}}",
                "{'anyOf':[{'properties':{}},{}]} | {'anyOf':[{'properties':{},'additionalProperties':false},{}]}",
                "{'properties':{'a':{}},'additionalProperties':true} | {'properties':{'a':{}},'additionalProperties':true}",
                "{'properties':{},'patternProperties':{}} | {'properties':{},'patternProperties':{}}",
                "{'allOf':[{'properties':{}}]} | {'allOf':[{'properties':{}}]}",
                "{'properties':{'a':{'$ref':'#/$defs/k'}}} | {'properties':{'a':{'$ref':'#/$defs/k'}}}",
                "{'type':'object'} | {'type':'object'}",
                "true | true",
            })
    void closesWhatSaysNothing(String schema, String closed) {
        assertThat(ClosedSchema.of(Json.tree(schema.replace('\'', '"'))))
                .isEqualTo(Json.tree(closed.replace('\'', '"')));
    }
}
