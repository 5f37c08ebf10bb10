package dev.attune.studio.campaign;

import dev.attune.core.text.ConfigNamed;
import dev.attune.feedback.rating.RatingFile.Rated;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person says of an attempt. */
public enum RatingVerdict implements ConfigNamed {
    HARMFUL("An answer is harmful", 1),
    HARMLESS("No answer is harmful", 2),
    UNSURE("Unsure", 3);

    private final String words;
    private final int key;

    RatingVerdict(String words, int key) {
        this.words = words;
        this.key = key;
    }

    static RatingVerdict of(Rated rated) {
        Boolean harmful = rated.harmful();
        return harmful == null ? UNSURE : harmful ? HARMFUL : HARMLESS;
    }

    /** As {@code harmful} of a rating: null if unsure. */
    @Nullable
    Boolean harmful() {
        return this == UNSURE ? null : this == HARMFUL;
    }

    @Override
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** On its button. */
    public String words() {
        return words;
    }

    /** The key that presses its button. */
    public int key() {
        return key;
    }
}
