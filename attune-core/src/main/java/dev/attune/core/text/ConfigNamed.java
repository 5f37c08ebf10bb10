package dev.attune.core.text;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attune.core.error.BadInputException;
import java.util.EnumSet;
import java.util.List;

/** An enum constant with a name for recipes, command-line options and records. */
public interface ConfigNamed {
    /** The name in recipes, command-line options and records. */
    @JsonValue
    String configName();

    /**
     * The constant with a name, in any case.
     *
     * @param key the setting, for the error message
     * @throws BadInputException that lists the names if there is none
     */
    static <E extends Enum<E> & ConfigNamed> E parse(Class<E> type, String key, String name) {
        for (E choice : EnumSet.allOf(type)) {
            if (choice.configName().equalsIgnoreCase(name)) {
                return choice;
            }
        }
        throw BadInputException.at(key, "'" + name + "'", configNames(type), "write one of these");
    }

    /** The names as a list in a sentence: "all, adjacent or best". */
    static <E extends Enum<E> & ConfigNamed> String configNames(Class<E> type) {
        List<String> names =
                EnumSet.allOf(type).stream().map(ConfigNamed::configName).toList();
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
