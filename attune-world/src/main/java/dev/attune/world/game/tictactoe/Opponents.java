package dev.attune.world.game.tictactoe;

import dev.attune.world.SeededChoices;
import java.util.List;

/**
 * A mixture of opponents. One of them begins a game, and before each of its moves another one may replace it:
 * alternating random and perfect play visits all positions and still punishes mistakes.
 */
public final class Opponents {
    /** An opponent with its relative frequency. */
    public record Share(Opponent opponent, double weight) {}

    private final List<Share> shares;
    private final double total;
    private final double change;

    /**
     * @param change the probability that the opponent is sampled again before a move
     * @throws IllegalArgumentException if no weight is above 0
     */
    public Opponents(List<Share> shares, double change) {
        this.change = change;
        this.shares = shares.stream().filter(share -> share.weight() > 0).toList();
        this.total = shares.stream().mapToDouble(Share::weight).sum();
        if (this.shares.isEmpty()) {
            throw new IllegalArgumentException("there is no opponent");
        }
    }

    /** A mixture of one opponent. */
    public static Opponents only(Opponent opponent) {
        return new Opponents(List.of(new Share(opponent, 1)), 0);
    }

    /** The opponent for the next move after {@code current} made the last one. */
    Opponent next(Opponent current, SeededChoices choices) {
        return choices.chance(change) ? sample(choices) : current;
    }

    /** The opponent that begins a game. */
    Opponent sample(SeededChoices choices) {
        double left = choices.uniform() * total;
        for (Share share : shares) {
            left -= share.weight();
            if (left < 0) {
                return share.opponent();
            }
        }
        return shares.get(shares.size() - 1).opponent();
    }
}
