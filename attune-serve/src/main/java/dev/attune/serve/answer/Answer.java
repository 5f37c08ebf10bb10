package dev.attune.serve.answer;

import dev.attune.serve.generation.Delta;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** The answer of a route that generates text: either whole, or begun, added to and ended. */
public interface Answer {
    /** @param deltas each a whole answer */
    ObjectNode whole(List<Delta> deltas);

    /** What comes before the first token. */
    void begin(Consumer<ObjectNode> events);

    /** @param deltas one per choice */
    void add(List<Delta> deltas, Consumer<ObjectNode> events);

    /** What comes after the last token. */
    void end(Consumer<ObjectNode> events);
}
