package dev.attune.model.constraint.text;

import java.util.List;
import java.util.Map;

/** What a backslash means in a pattern. The backslash itself has been read. */
final class PatternEscape {
    private static final Map<Integer, Integer> CONTROLS =
            Map.of((int) 'n', 10, (int) 'r', 13, (int) 't', 9, (int) 'f', 12, (int) 'v', 11);

    private PatternEscape() {}

    static CodePoints inText(PatternParser parser) {
        int c = parser.next();
        if (c == 'b' || c == 'B') {
            throw new PatternException("the word boundary '\\" + (char) c + "'");
        }
        if ((c >= '1' && c <= '9') || c == 'k') {
            throw new PatternException("the back reference '\\" + (char) c + "'");
        }
        return any(parser, c);
    }

    static CodePoints inSet(PatternParser parser) {
        int c = parser.next();
        return c == 'b' ? CodePoints.range(8, 8) : c == '-' ? CodePoints.range('-', '-') : any(parser, c);
    }

    private static CodePoints any(PatternParser parser, int c) {
        return switch (c) {
            case 'd' -> CodePoints.DIGIT;
            case 'D' -> CodePoints.DIGIT.complement();
            case 'w' -> CodePoints.WORD;
            case 'W' -> CodePoints.WORD.complement();
            case 's' -> CodePoints.SPACE;
            case 'S' -> CodePoints.SPACE.complement();
            case 'p' -> property(parser);
            case 'P' -> property(parser).complement();
            default -> {
                int one = single(parser, c);
                yield CodePoints.range(one, one);
            }
        };
    }

    private static int single(PatternParser parser, int c) {
        Integer control = CONTROLS.get(c);
        if (control != null) {
            return control;
        }
        return switch (c) {
            case '0' -> 0;
            case 'c' -> parser.next() % 32;
            case 'x' -> parser.hex(2);
            case 'u' -> unicode(parser);
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw new PatternException("the escape '\\" + Character.toString(c) + "'");
                }
                yield c;
            }
        };
    }

    private static int unicode(PatternParser parser) {
        if (parser.take("{")) {
            String digits = parser.until('}');
            return number(digits, digits.length());
        }
        int unit = parser.hex(4);
        if (Character.isHighSurrogate((char) unit) && parser.take("\\u")) {
            int low = parser.hex(4);
            if (!Character.isLowSurrogate((char) low)) {
                throw new PatternException("half of a surrogate pair");
            }
            return Character.toCodePoint((char) unit, (char) low);
        }
        return unit;
    }

    /** A number in base 16 of so many digits. */
    static int number(String word, int digits) {
        if (word.length() != digits || !word.matches("[0-9a-fA-F]{1,6}")) {
            throw new PatternException("an escape with '" + word + "' for its number");
        }
        int value = Integer.parseInt(word, 16);
        if (value > Character.MAX_CODE_POINT) {
            throw new PatternException("the code point " + word + ", which is not in Unicode");
        }
        return value;
    }

    private static CodePoints property(PatternParser parser) {
        if (!parser.take("{")) {
            throw new PatternException("'\\p' without its '{'");
        }
        String name = parser.until('}');
        int equals = name.indexOf('=');
        String key = equals < 0 ? "" : name.substring(0, equals);
        String value = name.substring(equals + 1);
        if (List.of("Script", "sc").contains(key)) {
            return script(value);
        }
        return UnicodeProperties.category(value);
    }

    private static CodePoints script(String name) {
        try {
            Character.UnicodeScript script = Character.UnicodeScript.forName(name);
            return CodePoints.where(c -> Character.UnicodeScript.of(c) == script);
        } catch (IllegalArgumentException e) {
            throw new PatternException("the script '" + name + "'");
        }
    }
}
