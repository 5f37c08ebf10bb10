package dev.attune.training.recipe;

import java.util.Locale;

/** Which weights are trained; the others are frozen and cost neither gradients nor optimizer state. */
public sealed interface Trainable {
    /** Everything, or the head alone. */
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

    static Trainable read(Fields fields) {
        return fields.node("trainable") instanceof Node.Section
                ? fields.section("trainable", section -> new LastLayers(section.integer("last_layers", 1, 1)))
                : fields.choice("trainable", Part.ALL);
    }
}
