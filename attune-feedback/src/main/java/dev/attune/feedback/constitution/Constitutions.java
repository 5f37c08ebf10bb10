package dev.attune.feedback.constitution;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds constitutions: files, and the built-in one. */
public final class Constitutions {
    /** The name of the built-in constitution. */
    public static final String GENERAL = "general";

    private Constitutions() {}

    /**
     * Reads a constitution.
     *
     * @param given a file, or the name of the built-in one
     * @throws BadInputException if there is none, or it is not valid
     */
    public static Constitution named(String given) {
        Path file = Path.of(given);
        if (!Files.exists(file) && given.equals(GENERAL)) {
            return builtIn();
        }
        if (!Files.exists(file)) {
            throw BadInputException.at(
                    given,
                    "no such file",
                    "a constitution, or '" + GENERAL + "' for the built-in one",
                    "check the path");
        }
        return ConstitutionFile.read(file);
    }

    /**
     * Refuses tags that no principle has.
     *
     * @param place of the recipe that names them
     * @param given the constitution's file or name
     */
    public static void requireTags(String place, String given, Constitution constitution, List<String> tags) {
        if (constitution.tagged(tags).isEmpty()) {
            throw BadInputException.at(
                    place,
                    "tags that no principle of " + given + " has",
                    "a tag of one of its principles",
                    "'attune constitution check' shows them");
        }
    }

    /** The text of a constitution as it was written. */
    public static String text(String given) throws IOException {
        named(given);
        Path file = Path.of(given);
        return Files.exists(file) ? Files.readString(file) : general();
    }

    /** The built-in constitution. */
    public static Constitution builtIn() {
        return ConstitutionFile.parse("built-in constitution " + GENERAL, general());
    }

    private static String general() {
        return Resources.text(Constitutions.class, "/constitutions/" + GENERAL + ".yaml");
    }
}
