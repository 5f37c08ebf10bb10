package dev.attune.core.feedback;

import dev.attune.core.error.BadInputException;
import java.util.List;
import java.util.Set;

/**
 * Which criterion decides if several disagree on a pair: the first one that ranks it.
 *
 * @param criteria highest rank first
 */
public record Precedence(List<String> criteria) {
    /** The order of the guideline. */
    public static final Precedence HARMLESS_HONEST_HELPFUL = new Precedence(List.of("harmless", "honest", "helpful"));

    public Precedence {
        criteria = List.copyOf(criteria);
        if (criteria.isEmpty() || Set.copyOf(criteria).size() != criteria.size()) {
            throw BadInputException.at("precedence", criteria.toString(), "criteria, each once", "list each once");
        }
    }

    /** The index of a criterion; an error if it is not listed. */
    int rank(String criterion, String place) {
        int rank = criteria.indexOf(criterion);
        if (rank < 0) {
            throw BadInputException.at(
                    place,
                    "the criterion '" + criterion + "'",
                    String.join(", ", criteria),
                    "add it to the precedence");
        }
        return rank;
    }
}
