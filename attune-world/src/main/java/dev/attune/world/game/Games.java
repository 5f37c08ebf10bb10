package dev.attune.world.game;

import dev.attune.world.SeededChoices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Derives many games from one seed. */
public final class Games {
    /**
     * Mixes seeds. {@link SeededChoices#of(long, String)} multiplies seeds with the increment of
     * {@code SplittableRandom}, so without mixing the choices of seed 2 would be those of seed 1, shifted by one.
     */
    private static final long FAR = 0xD1342543DE82EF95L;

    private Games() {}

    /** The games, each with its own random choices. */
    public static <T> List<T> of(int count, long seed, Function<SeededChoices, T> game) {
        SeededChoices seeds = SeededChoices.of(seed * FAR, "games");
        List<T> games = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            games.add(game.apply(SeededChoices.of(seeds.seed())));
        }
        return games;
    }
}
