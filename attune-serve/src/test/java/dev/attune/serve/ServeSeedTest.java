package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of kinds 4 and 5: seeds, choices, and answers that get mixed. */
class ServeSeedTest extends ServeTest {
    @Test
    void withoutASeedEachRequestHasItsOwn() {
        Set<Long> seeds = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            ask(text("{'temperature':1.5}"));
            seeds.add(engine.last.seed());
        }
        assertThat(seeds).hasSize(5);
    }

    @Test
    void choicesOfOneSeedDifferAndRepeat() {
        ObjectNode body = text("{'n':3,'temperature':1.2,'seed':5,'max_tokens':24}");

        List<JsonNode> first = chunks(body);
        List<JsonNode> second = chunks(body);

        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            texts.add(joined(first, i));
            assertThat(joined(second, i)).isEqualTo(joined(first, i));
            assertThat(finishes(first, i)).containsExactly("length");
            assertThat(ask(body).at("/choices/" + i + "/text").stringValue()).isEqualTo(joined(first, i));
        }
        assertThat(texts).hasSize(3);
        assertThat(engine.last.seed()).isEqualTo(5);
        assertThat(engine.last.choice()).isEqualTo(2);
    }

    @Test
    void seedsHave64Bits() {
        ask(text("{'seed':-9223372036854775808}"));
        assertThat(engine.last.seed()).isEqualTo(Long.MIN_VALUE);
        refused(400, text("{'seed':9223372036854775808}"));
        refused(400, text("{'seed':1.5}"));
    }

    @Test
    void parallelAnswersAreNotMixed() {
        for (int round = 0; round < 10; round++) {
            List<CompletableFuture<Void>> asked = IntStream.range(0, 16)
                    .mapToObj(i ->
                            CompletableFuture.runAsync(() -> assertThat(ask(chat(schema("{'const':'WORD-" + i + "'}")))
                                            .at("/choices/0/message/content")
                                            .stringValue())
                                    .isEqualTo("\"WORD-" + i + "\"")))
                    .toList();
            asked.forEach(CompletableFuture::join);
        }
    }
}
