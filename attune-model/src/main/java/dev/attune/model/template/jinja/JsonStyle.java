package dev.attune.model.template.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How JSON is written: the arguments of Python's {@code json.dumps}.
 *
 * @param asciiOnly whether other characters are escaped
 * @param indent of a level, or null for everything on one line
 */
record JsonStyle(
        boolean asciiOnly, @Nullable String indent, String itemSeparator, String keySeparator, boolean sortKeys) {
    /** The same with the pair (item separator, key separator). */
    JsonStyle separatedBy(List<@Nullable Object> separators) {
        if (separators.size() != 2) {
            throw new TemplateError("separators are two texts");
        }
        return new JsonStyle(
                asciiOnly,
                indent,
                Values.text(separators.get(0), "a separator"),
                Values.text(separators.get(1), "a separator"),
                sortKeys);
    }
}
