package dev.attune.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BpeTrainerTest {
    @TempDir
    Path dir;

    @Test
    void mergesTheMostFrequentPairsFirst() {
        // pieces: low x5, " low" x0, lower x2, newest x6, widest x3 (one text each, so no leading spaces)
        List<String> texts = new ArrayList<>();
        texts.addAll(Collections.nCopies(5, "low"));
        texts.addAll(Collections.nCopies(2, "lower"));
        texts.addAll(Collections.nCopies(6, "newest"));
        texts.addAll(Collections.nCopies(3, "widest"));

        BpeVocabulary learned = new BpeTrainer(256 + 4).train(texts.stream());

        // e s: 9, s t: 9 (of equals, e s has the older symbols); then es t: 9; then l o: 7 before o w: 7
        assertThat(learned.merges()).containsExactly("e s", "es t", "l o", "lo w");
        assertThat(learned.ids()).containsEntry("est", 257).hasSize(260);
    }

    @Test
    void specialTokensComeFirstAndAreNotLearned() {
        BpeVocabulary learned = new BpeTrainer(300)
                .specialTokens(List.of("<|pad|>", "<|end|>"))
                .train(Stream.of("<|end|><|end|>ab ab<|end|>ab"));

        assertThat(learned.ids()).containsEntry("<|pad|>", 0).containsEntry("<|end|>", 1);
        assertThat(learned.merges()).containsExactly("a b");
    }

    @Test
    void digitsCanBeKeptApart() {
        String text = "1212 1212 1212";

        assertThat(new BpeTrainer(300).train(Stream.of(text)).merges()).contains("1 2");
        assertThat(new BpeTrainer(300).splitDigits(true).train(Stream.of(text)).merges())
                .isEmpty();
    }

    @Test
    void theOrderOfTextsDoesNotMatter() {
        List<String> texts = new ArrayList<>(List.of("the cat sat", "the mat", "a cat and a hat", "that bat sat"));
        BpeVocabulary one = new BpeTrainer(280).train(texts.stream());
        Collections.reverse(texts);

        assertThat(new BpeTrainer(280).train(texts.stream())).isEqualTo(one);
    }

    @Test
    void agreesWithCountingEverythingAnewAfterEveryMerge() {
        Random random = new Random(3);
        for (int round = 0; round < 20; round++) {
            List<String> texts = new ArrayList<>();
            for (int n = 0; n < 30; n++) {
                StringBuilder word = new StringBuilder();
                for (int length = 1 + random.nextInt(9); length > 0; length--) {
                    word.append((char) ('a' + random.nextInt(3)));
                }
                texts.add(word.toString());
            }
            assertThat(new BpeTrainer(256 + 25).train(texts.stream()).merges()).isEqualTo(slowly(texts, 256 + 25));
        }
    }

    private static List<String> slowly(List<String> texts, int size) {
        SymbolTable table = new SymbolTable(List.of());
        List<int[]> words =
                new ArrayList<>(texts.stream().map(ByteAlphabet::bytes).toList());
        List<String> merges = new ArrayList<>();
        while (table.size() < size) {
            Map<Long, Integer> counts = new HashMap<>();
            for (int[] word : words) {
                for (int i = 0; i + 1 < word.length; i++) {
                    counts.merge((long) word[i] << 32 | word[i + 1], 1, Integer::sum);
                }
            }
            long best = -1;
            for (var entry : counts.entrySet()) {
                int lead = entry.getValue() - counts.getOrDefault(best, 1);
                if (lead > 0 || (lead == 0 && best >= 0 && entry.getKey() < best)) {
                    best = entry.getKey();
                }
            }
            if (best < 0) {
                return merges;
            }
            int left = (int) (best >> 32);
            int right = (int) best;
            merges.add(table.text(left) + " " + table.text(right));
            int id = table.join(left, right);
            words.replaceAll(word -> joined(word, left, right, id));
        }
        return merges;
    }

    private static int[] joined(int[] word, int left, int right, int id) {
        int[] out = new int[word.length];
        int size = 0;
        for (int i = 0; i < word.length; i++) {
            boolean here = i + 1 < word.length && word[i] == left && word[i + 1] == right;
            out[size++] = here ? id : word[i];
            i += here ? 1 : 0;
        }
        return Arrays.copyOf(out, size);
    }

    @Test
    void theTokenizerUsesTheMerges() {
        BpeVocabulary learned = new BpeTrainer(256 + 3 + 10)
                .specialTokens(List.of("<|pad|>", "<|user|>", "<|end|>"))
                .splitDigits(true)
                .train(Stream.of("in the inn the thin tin then 42 42 42"));
        learned.save(dir, new BpeVocabulary.Roles(null, "<|end|>", "<|pad|>", 64, null));

        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.load(dir)) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(learned.size());
            assertThat(tokenizer.encode(" the")).hasSize(1);
            assertThat(tokenizer.encode("42")).hasSize(2);
            assertThat(tokenizer.encode("<|user|>x<|end|>"))
                    .hasSize(3)
                    .startsWith(1)
                    .endsWith(2);
            assertThat(tokenizer.eosId()).isEqualTo(2);
            assertThat(tokenizer.decode(tokenizer.encode("unseen wörds 7"))).isEqualTo("unseen wörds 7");
        }
    }

    @Test
    void aVocabularyTooSmallForItsBytesIsRefused() {
        assertThatThrownBy(() -> new BpeTrainer(200).train(Stream.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256 bytes");
    }
}
