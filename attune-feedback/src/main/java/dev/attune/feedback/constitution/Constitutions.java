package dev.attune.feedback.constitution;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds constitutions: files, and the built-in ones. */
public final class Constitutions {
    /** The built-in constitution for assistants in general. */
    public static final String GENERAL = "general";

    /** The built-in constitution of the built-in world. */
    public static final String VALLEY = "valley";

    private static final List<String> BUILT_IN = List.of(GENERAL, VALLEY);

    private Constitutions() {}

    /**
     * Reads a constitution.
     *
     * @param given a file, or the name of a built-in one
     * @throws BadInputException if there is none, or it is not valid
     */
    public static Constitution named(String given) {
        Path file = Path.of(given);
        if (!Files.exists(file) && BUILT_IN.contains(given)) {
            return builtIn(given);
        }
        if (!Files.exists(file)) {
            throw BadInputException.at(
                    given,
                    "no such file",
                    "a constitution, or a built-in one: " + String.join(", ", BUILT_IN),
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
        return Files.exists(file) ? Files.readString(file) : builtInText(given);
    }

    /** The built-in constitutions. */
    public static List<Constitution> builtIn() {
        return BUILT_IN.stream().map(Constitutions::builtIn).toList();
    }

    private static Constitution builtIn(String name) {
        return ConstitutionFile.parse("built-in constitution " + name, builtInText(name));
    }

    private static String builtInText(String name) {
        return Resources.text(Constitutions.class, "/constitutions/" + name + ".yaml");
    }
}
