package dev.attune.cli.recipes;

import dev.attune.core.error.BadInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses the {@code key=value} arguments of a command. */
public final class KeyValues {
    private KeyValues() {}

    /**
     * The values by their keys, in order; of a key given twice the last counts.
     *
     * @param command for messages
     */
    public static Map<String, String> of(String command, List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw BadInputException.at(
                        command, "'" + argument + "'", "key=value", "write it as in kl.coefficient=0.1");
            }
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return values;
    }
}
