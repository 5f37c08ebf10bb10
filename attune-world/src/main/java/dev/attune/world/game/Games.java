package dev.attune.world.game;

import dev.attune.world.SeededChoices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Many games from one seed. */
public final class Games {
    /**
     * Takes neighbouring seeds far apart. A {@code SplittableRandom} steps by a constant that {@link SeededChoices#of(long, String)}
     * multiplies seeds with: without this the dice of seed 2 would be those of seed 1, one throw later.
     */
    private static final long FAR = 0xD1342543DE82EF95L;

    private Games() {}

    /** The games, each with dice of its own. */
    public static <T> List<T> of(int count, long seed, Function<SeededChoices, T> game) {
        SeededChoices seeds = SeededChoices.of(seed * FAR, "games");
        List<T> games = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            games.add(game.apply(SeededChoices.of(seeds.seed())));
        }
        return games;
    }
}
