package dev.attune.core.text;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attune.core.error.BadInputException;
import java.util.EnumSet;
import java.util.List;

/** A choice that recipes, flags and records name by a word. */
public interface Worded {
    /** The name that recipes, flags and records use. */
    @JsonValue
    String word();

    /**
     * The choice of that word, in any case.
     *
     * @param key names what is chosen in the complaint
     * @throws BadInputException that lists the words where there is none such
     */
    static <E extends Enum<E> & Worded> E parse(Class<E> type, String key, String word) {
        for (E choice : EnumSet.allOf(type)) {
            if (choice.word().equalsIgnoreCase(word)) {
                return choice;
            }
        }
        throw BadInputException.at(key, "'" + word + "'", words(type), "write one of these");
    }

    /** The words as a sentence lists them: "all, adjacent or best". */
    static <E extends Enum<E> & Worded> String words(Class<E> type) {
        List<String> words = EnumSet.allOf(type).stream().map(Worded::word).toList();
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }
}
