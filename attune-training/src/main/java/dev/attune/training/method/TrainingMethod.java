package dev.attune.training.method;

import dev.attune.core.settings.SectionReader;
import dev.attune.training.recipe.Recipe;
import java.io.IOException;

/**
 * A training method: how its recipe is read, and how a run of it is opened. Methods are services: an implementation is
 * registered in {@code META-INF/services/dev.attune.training.method.TrainingMethod} of its jar, and a jar that a recipe
 * lists under {@code plugins} may hold one. It has a public constructor without parameters, and no state.
 *
 * @param <R> the method's recipe, a record
 */
public interface TrainingMethod<R extends Recipe> {
    /** The name in {@code method: NAME}. */
    String name();

    /** What it does, in one sentence without a period. */
    String summary();

    /** What methods learn from. */
    enum Source {
        /** Texts, or conversations to imitate. */
        DEMONSTRATIONS,
        /** Preferences or rankings. */
        PREFERENCES,
        /** Solutions whose steps are labelled. */
        STEPS,
        /** Prompts, whose sampled completions reward functions score. */
        PROMPTS
    }

    /** What it learns from, by which tools know what data to offer it. */
    default Source source() {
        return Source.DEMONSTRATIONS;
    }

    /**
     * Reads the recipe with all its keys and defaults; nothing is loaded.
     *
     * @param fields the recipe's tree; keys that are not read are refused afterwards
     * @throws dev.attune.core.error.BadInputException if a value is invalid, naming file, line and key
     */
    R read(SectionReader fields);

    /**
     * Loads models and data.
     *
     * @param context opens models and closes them after the run
     * @throws dev.attune.core.error.BadInputException if a model or data is invalid
     */
    Job open(R recipe, RunContext context) throws IOException;
}
