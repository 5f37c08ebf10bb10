package dev.attune.world.game;

import dev.attune.world.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Many games from one seed. */
public final class Games {
    /**
     * Takes neighbouring seeds far apart. A {@code SplittableRandom} steps by a constant that {@link Dice#of(long, String)}
     * multiplies seeds with: without this the dice of seed 2 would be those of seed 1, one throw later.
     */
    private static final long FAR = 0xD1342543DE82EF95L;

    private Games() {}

    /** The games, each with dice of its own. */
    public static <T> List<T> of(int count, long seed, Function<Dice, T> game) {
        Dice seeds = Dice.of(seed * FAR, "games");
        List<T> games = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            games.add(game.apply(Dice.of(seeds.seed())));
        }
        return games;
    }
}
