package dev.attune.world.game.tictactoe;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.world.SeededChoices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An opponent that is a frozen trained policy. Its moves are sampled in advance, {@value #SAMPLES} per position, and a
 * game picks one of them. It sees only the position and not the moves before it, each time under another symmetry of
 * the board. Instead of an illegal move it plays a random one.
 */
final class FrozenOpponent implements Opponent {
    private static final int SAMPLES = 8;

    private final Map<Board, List<Integer>> moves;

    private FrozenOpponent(Map<Board, List<Integer>> moves) {
        this.moves = moves;
    }

    static FrozenOpponent of(TextModel model) {
        List<Board> positions = PerfectPlay.instance().positions();
        List<Prompt> prompts = positions.stream()
                .map(board -> Prompt.text(GameText.position(board)))
                .toList();
        Map<Board, List<Integer>> moves = new HashMap<>();
        for (int seed = 0; seed < SAMPLES; seed++) {
            List<TextCompletion> answers = model.complete(prompts, SamplingOptions.sampling(1, 1), seed);
            for (int i = 0; i < answers.size(); i++) {
                Board board = positions.get(i);
                int square = Move.read(answers.get(i).text());
                if (board.allows(square)) {
                    moves.computeIfAbsent(board, b -> new ArrayList<>()).add(square);
                }
            }
        }
        return new FrozenOpponent(moves);
    }

    @Override
    public int move(Board board, SeededChoices choices) {
        Symmetry symmetry = choices.pick(Symmetry.ALL);
        List<Integer> sampled = moves.getOrDefault(symmetry.apply(board), List.of());
        return sampled.isEmpty() ? Opponent.random(board, choices) : symmetry.back(choices.pick(sampled));
    }
}
