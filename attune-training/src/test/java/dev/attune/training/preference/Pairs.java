package dev.attune.training.preference;

import dev.attune.training.TinyModels;
import dev.attune.training.batch.TokenDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random pairs of different lengths. */
final class Pairs {
    private Pairs() {}

    static List<TokenPair> random(int count) {
        SplittableRandom random = new SplittableRandom(9);
        List<TokenPair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] prompt = tokens(random, 1 + random.nextInt(6));
            pairs.add(new TokenPair(
                    TokenDocument.completion(prompt, tokens(random, 2 + random.nextInt(8))),
                    TokenDocument.completion(prompt, tokens(random, 2 + random.nextInt(8)))));
        }
        return pairs;
    }

    private static int[] tokens(SplittableRandom random, int count) {
        int[] tokens = random.ints(count, 4, TinyModels.VOCABULARY).toArray();
        tokens[count - 1] = TinyModels.END;
        return tokens;
    }
}
