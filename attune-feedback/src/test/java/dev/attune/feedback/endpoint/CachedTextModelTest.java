package dev.attune.feedback.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replies are asked for once, over calls and processes. */
class CachedTextModelTest {
    private static final Prompt HELLO = Prompt.text("Hello?");
    private static final SamplingOptions OPTIONS = SamplingOptions.sampling(9, 0.8);

    @TempDir
    Path folder;

    private final List<String> calls = new ArrayList<>();
    private int failures;

    /** Replies with the number of the call. */
    private final TextModel counting = new TextModel() {
        @Override
        public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
            if (failures > 0) {
                failures--;
                throw new RunFailedException("no connection");
            }
            List<TextCompletion> all = new ArrayList<>();
            for (Prompt prompt : prompts) {
                calls.add(prompt.messages().get(0).content() + " " + seed);
                all.add(new TextCompletion("reply " + calls.size() + "\n", 4, Double.NaN, StopReason.END_TOKEN));
            }
            return all;
        }

        @Override
        public void close() {}
    };

    private CachedTextModel open() throws IOException {
        return CachedTextModel.open(folder.resolve("replies.jsonl"), "small", counting);
    }

    @Test
    void fiveVotesAreFiveCallsAndTheSameFiveAgain() throws IOException {
        List<TextCompletion> first;
        try (CachedTextModel model = open()) {
            first = model.complete(Collections.nCopies(5, HELLO), OPTIONS, 7);
        }
        assertThat(calls).containsExactly("Hello? 7", "Hello? 8", "Hello? 9", "Hello? 10", "Hello? 11");
        try (CachedTextModel model = open()) {
            assertThat(model.size()).isEqualTo(5);
            assertThat(model.complete(Collections.nCopies(5, HELLO), OPTIONS, 7))
                    .isEqualTo(first);
            assertThat(model.complete(List.of(HELLO), OPTIONS, 7)).isEqualTo(first.subList(0, 1));
            assertThat(calls).hasSize(5);
            model.complete(List.of(HELLO), OPTIONS.withTemperature(0.7), 7);
            model.complete(List.of(HELLO), OPTIONS, 8);
            model.complete(List.of(Prompt.text("Hello!")), OPTIONS, 7);
            assertThat(calls).as("other options, seed, prompt").hasSize(8);
        }
        try (CachedTextModel other = CachedTextModel.open(folder.resolve("replies.jsonl"), "large", counting)) {
            other.complete(List.of(HELLO), OPTIONS, 7);
            assertThat(calls).as("another model").hasSize(9);
        }
    }

    @Test
    void aTornLastLineIsDroppedAndOtherFaultsAreNamed() throws IOException {
        Path file = folder.resolve("replies.jsonl");
        try (CachedTextModel model = open()) {
            model.complete(List.of(HELLO, HELLO), OPTIONS, 7);
        }
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 5));
        try (CachedTextModel model = open()) {
            assertThat(model.size()).isEqualTo(1);
            model.complete(List.of(HELLO, HELLO), OPTIONS, 7);
            assertThat(calls).hasSize(3);
        }
        Files.writeString(file, "no\n" + text);
        assertThatThrownBy(this::open).hasMessageContaining("replies.jsonl:1: found");
    }

    @Test
    void aFailedCallIsNotKept() throws IOException {
        failures = 1;
        try (CachedTextModel model = open()) {
            assertThatThrownBy(() -> model.complete(List.of(HELLO), OPTIONS, 7)).hasMessage("no connection");
            assertThat(model.complete(List.of(HELLO), OPTIONS, 7).get(0).text()).isEqualTo("reply 1\n");
        }
    }
}
