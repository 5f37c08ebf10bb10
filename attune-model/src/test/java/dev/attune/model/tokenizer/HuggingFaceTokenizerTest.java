package dev.attune.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class HuggingFaceTokenizerTest {
    @TempDir
    Path dir;

    private static Path stories() {
        return Path.of(System.getProperty("attune.shared"), "models", "stories260K");
    }

    private static int[] ints(JsonNode node) {
        return node.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private Path trained(String chatTemplate) {
        new BpeTrainer(270)
                .specialTokens(List.of("<|pad|>", "<|end|>"))
                .train(Stream.of("the cat and the hat and the bat"))
                .save(dir, new BpeVocabulary.Roles(null, "<|end|>", "<|pad|>", 128, chatTemplate));
        return dir;
    }

    @Test
    @Tag("shared")
    void encodesAndDecodesAsTransformersDoes() throws IOException {
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(stories());
                InputStream stored = Objects.requireNonNull(getClass().getResourceAsStream("stories260K.json"))) {
            List<String> texts = new ArrayList<>();
            List<int[]> expected = new ArrayList<>();
            for (JsonNode entry : JsonMapper.shared().readTree(stored).get("cases")) {
                String text = entry.get("text").stringValue();
                int[] full = ints(entry.get("ids_with_specials"));
                assertThat(tokenizer.encode(text)).as(text).containsExactly(ints(entry.get("ids")));
                assertThat(tokenizer.encodeWithSpecials(text)).as(text).containsExactly(full);
                assertThat(tokenizer.decode(full))
                        .isEqualTo(entry.get("decoded").stringValue());
                assertThat(tokenizer.decodeRaw(full))
                        .isEqualTo(entry.get("decoded_raw").stringValue());
                texts.add(text);
                expected.add(ints(entry.get("ids")));
            }
            assertThat(texts).hasSize(24);
            assertThat(tokenizer.encodeAll(texts)).containsExactlyElementsOf(expected);
        }
    }

    @Test
    @Tag("shared")
    void knowsTheSpecialTokens() {
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(stories())) {
            assertThat(tokenizer.bosId()).isEqualTo(1);
            assertThat(tokenizer.eosId()).isEqualTo(2);
            assertThat(tokenizer.padId()).isZero();
            assertThat(tokenizer.vocabularySize()).isEqualTo(512);
        }
    }

    @Test
    void endTokensOfTheGenerationConfigStopToo() throws IOException {
        Path model = trained("");
        Files.writeString(model.resolve("generation_config.json"), "{\"eos_token_id\": [5, 1]}");
        Files.writeString(model.resolve("config.json"), "{\"eos_token_id\": 9, \"bos_token_id\": 7}");

        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(model)) {
            assertThat(tokenizer.eosIds()).containsExactly(1, 5);
            assertThat(tokenizer.bosId()).isEqualTo(7);
            assertThat(tokenizer.padId()).isZero();
        }
    }

    @Test
    void truncationAndPaddingInTheFileAreSwitchedOff() throws IOException {
        Path model = trained("");
        Path file = model.resolve("tokenizer.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "\"truncation\" : null",
                                "\"truncation\": {\"direction\": \"Right\", \"max_length\": 2,"
                                        + " \"strategy\": \"LongestFirst\", \"stride\": 0}")
                        .replace(
                                "\"padding\" : null",
                                "\"padding\": {\"strategy\": {\"Fixed\": 8}, \"direction\": \"Left\","
                                        + " \"pad_to_multiple_of\": null, \"pad_id\": 0, \"pad_type_id\": 0,"
                                        + " \"pad_token\": \"<|pad|>\"}"));

        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(model)) {
            assertThat(tokenizer.encode("z")).hasSize(1);
            assertThat(tokenizer.encode("zyxw")).hasSize(4);
            assertThat(tokenizer.encodeAll(List.of("z", "zyxw")).get(0)).hasSize(1);
        }
    }

    @Test
    void specialTokensInATextAreRecognisedAndLeftOutOnDecoding() {
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(trained(""))) {
            int[] ids = tokenizer.encode("hi<|end|>");
            assertThat(ids).endsWith(1);
            assertThat(tokenizer.decode(ids)).isEqualTo("hi");
            assertThat(tokenizer.decodeRaw(ids)).isEqualTo("hi<|end|>");
        }
    }

    @Test
    void anyStringSurvives() {
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(trained(""))) {
            for (String text : List.of("\u0000nul", "😀 ok", "a\r\n\tb", "  ", "日本語", "\u007f\u0080\u00ad")) {
                assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            }
            assertThat(tokenizer.decode(tokenizer.encode("half \uD83D pair"))).isEqualTo("half \uFFFD pair");
        }
    }

    @Test
    void savedFilesGiveTheSameTokenizer() throws IOException {
        Path other = dir.resolve("other");
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(trained("{{ x }}"))) {
            tokenizer.save(other);
        }

        assertThat(Files.readAllBytes(other.resolve("tokenizer.json")))
                .isEqualTo(Files.readAllBytes(dir.resolve("tokenizer.json")));
        assertThat(other.resolve("tokenizer_config.json")).content().contains("{{ x }}");
        assertThat(other.resolve("tokenizer.json.tmp")).doesNotExist();
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        assertThatThrownBy(() -> HuggingFaceTokenizer.load(dir))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no tokenizer.json");
        for (String content :
                List.of("", "{", "[]", "{}", "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": -1}}}")) {
            Files.writeString(dir.resolve("tokenizer.json"), content);
            assertThatThrownBy(() -> HuggingFaceTokenizer.load(dir))
                    .as(content)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("tokenizer.json");
        }
        Files.writeString(
                dir.resolve("tokenizer.json"),
                "{\"version\": \"1.0\", \"model\": {\"type\": \"XYZ\", \"vocab\": {\"a\": 0}}}");
        assertThatThrownBy(() -> HuggingFaceTokenizer.load(dir))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("not a tokenizer");
    }

    @Test
    void bpeDropoutIsSwitchedOff() throws IOException {
        Path place = trained(null);
        int[] expected;
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(place)) {
            expected = tokenizer.encode("the cat and the hat");
        }
        Path file = place.resolve("tokenizer.json");
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(file));
        ((ObjectNode) json.get("model")).put("dropout", 0.9);
        Files.writeString(file, JsonMapper.shared().writeValueAsString(json));

        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(place)) {
            for (int i = 0; i < 20; i++) {
                assertThat(tokenizer.encode("the cat and the hat")).containsExactly(expected);
            }
        }
    }
}
