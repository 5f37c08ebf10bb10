package dev.attune.feedback.judge;

import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.feedback.endpoint.TokenChoices.Choice;
import dev.attune.feedback.endpoint.TokenChoices.Position;
import dev.attune.feedback.judge.reply.Menu;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The token of a reply that is its verdict, and the labels that could stand there. */
final class VerdictPosition {
    private VerdictPosition() {}

    /**
     * The last token that is the label which the reply's verdict names, however often it occurs before. A reply of one token
     * is its own verdict.
     */
    static Optional<Position> find(List<Position> positions, Verdict<String> read, Menu<String> menu) {
        for (int i = positions.size() - 1; i >= 0 && read.scoredValue().isPresent(); i--) {
            Optional<String> label = menu.option(positions.get(i).text()).map(Menu.Option::label);
            if (label.equals(read.scoredValue())) {
                return Optional.of(positions.get(i));
            }
        }
        return positions.size() == 1 ? Optional.of(positions.get(0)) : Optional.empty();
    }

    /** The shares of the labels among the likely tokens: spellings add up, other tokens are left out. Empty if none is a label. */
    static Map<String, Double> shares(Position position, Menu<String> menu) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (Choice choice : position.top()) {
            menu.option(choice.text())
                    .ifPresent(option -> sums.merge(option.label(), Math.exp(choice.logProbability()), Double::sum));
        }
        double total = sums.values().stream().mapToDouble(share -> share).sum();
        if (!(total > 0)) {
            return Map.of();
        }
        sums.replaceAll((label, sum) -> sum / total);
        return sums;
    }

    static Verdict<Map<String, Double>> absent(Verdict<String> read) {
        return read instanceof Verdict.Unscored<String> unscored
                ? Verdict.unscored(unscored.reason(), unscored.detail(), unscored.reply())
                : Verdict.unscored(
                        UnscoredReason.NO_VERDICT, "no label among the likely tokens of the verdict", read.reply());
    }
}
