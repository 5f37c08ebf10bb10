package dev.attune.model.constraint.text;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The code points of a general category, by its short or long name, and of a few binary properties. */
final class UnicodeProperties {
    private static final Map<String, String> LONG_NAMES = Map.ofEntries(
            Map.entry("letter", "L"),
            Map.entry("lowercase_letter", "Ll"),
            Map.entry("uppercase_letter", "Lu"),
            Map.entry("titlecase_letter", "Lt"),
            Map.entry("modifier_letter", "Lm"),
            Map.entry("other_letter", "Lo"),
            Map.entry("mark", "M"),
            Map.entry("number", "N"),
            Map.entry("decimal_number", "Nd"),
            Map.entry("digit", "Nd"),
            Map.entry("punctuation", "P"),
            Map.entry("punct", "P"),
            Map.entry("symbol", "S"),
            Map.entry("separator", "Z"),
            Map.entry("space_separator", "Zs"),
            Map.entry("other", "C"),
            Map.entry("control", "Cc"));

    /** The short name of each value of {@link Character#getType}. */
    private static final String[] TYPES = types();

    private static final Map<String, CodePoints> KNOWN = new ConcurrentHashMap<>();

    private UnicodeProperties() {}

    private static String[] types() {
        String[] names = new String[31];
        java.util.Arrays.fill(names, "Cn");
        String[] known = {
            "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "", "Co",
            "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
        };
        for (int type = 1; type < names.length; type++) {
            if (!known[type - 1].isEmpty()) {
                names[type] = known[type - 1];
            }
        }
        return names;
    }

    static CodePoints category(String name) {
        return KNOWN.computeIfAbsent(name, UnicodeProperties::compute);
    }

    private static CodePoints compute(String name) {
        return switch (name) {
            case "Any" -> CodePoints.ALL;
            case "ASCII" -> CodePoints.range(0, 127);
            case "Alphabetic" -> CodePoints.where(Character::isAlphabetic);
            case "White_Space" -> CodePoints.SPACE;
            default -> general(name);
        };
    }

    private static CodePoints general(String name) {
        String code = LONG_NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
        CodePoints set = CodePoints.where(c -> TYPES[Character.getType(c)].startsWith(code));
        if (code.isEmpty() || code.length() > 2 || set.ranges().isEmpty()) {
            throw new PatternException("the property '" + name + "'");
        }
        return set;
    }
}
