package dev.attune.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.template.ChatTemplate;
import dev.attune.model.tensor.DType;
import dev.attune.model.tokenizer.BpeTrainer;
import dev.attune.model.tokenizer.BpeVocabulary;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.transformer.CausalLm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model directories with one damaged file: each loads, or is refused with one clear message. */
class CheckpointMutationTest {
    private static final List<String> SPLICES = List.of(
            "null",
            "-1",
            "0",
            "1e99",
            "99999999999999999999",
            "\"x\"",
            "[]",
            "{}",
            "true",
            "[1,2]",
            "\"\\ud800\"",
            ",",
            "}");

    @TempDir
    Path dir;

    /** A reader of the damaged file. */
    private interface Reader {
        void read() throws IOException;
    }

    private Path model() {
        Path tokens = dir.resolve("tokens");
        new BpeTrainer(280)
                .specialTokens(List.of("<|pad|>", "<|end|>"))
                .train(Stream.of("the cat and the hat and the bat sat"))
                .save(tokens, new BpeVocabulary.Roles(null, "<|end|>", "<|pad|>", 64, "{{ messages[0].content }}"));
        ModelConfig config = ModelConfig.llama()
                .vocabularySize(280)
                .width(16)
                .mlpWidth(24)
                .layers(1)
                .heads(2)
                .tokens(null, 1, 0)
                .build();
        Path model = dir.resolve("model");
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(tokens);
                CausalLm fresh = CausalLm.create(config, 1)) {
            Checkpoints.save(model, fresh.merged(), tokenizer, DType.FLOAT32, 10_000);
        }
        return model;
    }

    @Test
    void damagedConfigurations() throws IOException {
        Path model = model();
        int refused = mutants(model.resolve("config.json"), 250, () -> Checkpoints.loadCausal(model)
                .close());
        assertThat(refused).isGreaterThan(50);
    }

    @Test
    void damagedIndexes() throws IOException {
        Path model = model();
        Path index = model.resolve("model.safetensors.index.json");
        int refused = mutants(index, 150, () -> Checkpoints.loadCausal(model).close());
        assertThat(refused).isGreaterThan(50);
    }

    @Test
    void damagedTokenizers() throws IOException {
        Path model = model();
        Reader reader = () -> {
            try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(model)) {
                tokenizer.decode(tokenizer.encodeWithSpecials("the <|end|> unseen \u00e9\ud83d\ude00"));
            }
        };
        assertThat(mutants(model.resolve("tokenizer.json"), 250, reader)).isGreaterThan(50);
        mutants(model.resolve("tokenizer_config.json"), 100, reader);
    }

    @Test
    void damagedTemplates() throws IOException {
        Path file = Files.writeString(
                dir.resolve("template.jinja"),
                "{%- set ns = namespace(n=0) %}{% for m in messages if m.role != 'x' %}{{ loop.index }}"
                        + "{{ m['content'][::-1]|trim|upper ~ [1, 'a', none]|join('-') }}"
                        + "{% if loop.last and (1 + 2) // 2 == 1 %}{% set ns.n = ns.n + 1 %}{% endif %}{% endfor %}"
                        + "{{ ns.n }}{% macro t(a, b=2) %}{{ a }}{{ {'k': b}|tojson }}{% endmacro %}{{ t(1) }}");
        List<Message> messages = List.of(Message.user("hi"), Message.assistant("ho"));
        Reader reader = () -> ChatTemplate.named(file.toString(), Map.of()).render(messages, true);
        assertThat(mutants(file, 600, reader)).isGreaterThan(100);
    }

    private static int mutants(Path file, int howMany, Reader reader) throws IOException {
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < howMany; i++) {
            byte[] mutant = mutate(good, random);
            Files.write(file, mutant);
            try {
                reader.read();
            } catch (BadInputException e) {
                refused++;
                assertThat(e.getMessage()).doesNotContain("\n");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("mutant " + i + ": " + new String(mutant, StandardCharsets.UTF_8), e);
            }
        }
        Files.write(file, good);
        return refused;
    }

    private static byte[] mutate(byte[] good, Random random) {
        int at = random.nextInt(good.length);
        switch (random.nextInt(5)) {
            case 0 -> {
                return Arrays.copyOf(good, at);
            }
            case 1 -> {
                byte[] changed = good.clone();
                changed[at] = (byte) random.nextInt(256);
                return changed;
            }
            case 2 -> {
                int end = Math.min(good.length, at + 1 + random.nextInt(12));
                return spliced(good, at, end, "");
            }
            default -> {
                return valueReplaced(good, at, random);
            }
        }
    }

    /** Another value after the next colon, if there is one. */
    private static byte[] valueReplaced(byte[] good, int from, Random random) {
        int start = from;
        while (start < good.length && good[start] != ':' && good[start] != '(') {
            start++;
        }
        int end = start;
        while (end < good.length && good[end] != ',' && good[end] != '\n' && good[end] != ')') {
            end++;
        }
        String splice = SPLICES.get(random.nextInt(SPLICES.size()));
        return spliced(good, Math.min(good.length, start + 1), Math.max(end, Math.min(good.length, start + 1)), splice);
    }

    private static byte[] spliced(byte[] good, int start, int end, String middle) {
        String text = new String(good, StandardCharsets.ISO_8859_1);
        return (text.substring(0, start) + middle + text.substring(end)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
