package dev.attune.training.reward;

import dev.attune.core.error.BadInputException;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.SectionReader;
import java.util.Locale;

/** Which weights are trained; the others are frozen and cost neither gradients nor optimizer state. */
public sealed interface Trainable {
    /** All weights, or only the head. */
    enum Part implements Trainable {
        ALL,
        HEAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The last layers of the backbone, its final norm and the head. */
    record LastLayers(int lastLayers) implements Trainable {}

    static Trainable read(SectionReader fields) {
        if (fields.node("trainable") instanceof Node.Section) {
            return fields.section("trainable", section -> {
                String expected = "how many layers from the end are trained";
                section.requiredText("last_layers", expected);
                return new LastLayers(section.integer("last_layers", 1, 1));
            });
        }
        return fields.parsed("trainable", Part.ALL, "all or head, or {last_layers: N}", Trainable::part);
    }

    private static Part part(String word) {
        for (Part part : Part.values()) {
            if (part.toString().equals(word)) {
                return part;
            }
        }
        throw new BadInputException(word);
    }
}
