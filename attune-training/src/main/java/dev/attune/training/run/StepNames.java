package dev.attune.training.run;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of the form {@code step-N}, with or without an ending. */
final class StepNames {
    private static final Pattern NAME = Pattern.compile("step-(\\d{1,9})(\\..*)?");

    private StepNames() {}

    /** The N of a name, or the largest number if the name has another form. */
    static int stepOf(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Integer.parseInt(name.group(1)) : Integer.MAX_VALUE;
    }
}
