package dev.attune.model.template.jinja;

import java.util.function.IntPredicate;

/** The methods of Python's {@code str} that ask about its characters, such as {@code isdigit}; false for an empty text. */
final class StringPredicates {
    private StringPredicates() {}

    static boolean holds(String name, String text) {
        return switch (name) {
            case "isalpha" -> all(text, Character::isLetter);
            case "isdecimal" -> all(text, Character::isDigit);
            case "isdigit", "isnumeric" -> all(text, c -> Character.isDigit(c) || otherNumber(c, name));
            case "isalnum" -> all(text, c -> Character.isLetter(c) || Character.isDigit(c) || otherNumber(c, name));
            case "isascii" -> text.chars().allMatch(c -> c < 128);
            case "isspace" -> Text.isSpace(text);
            case "isupper" -> cased(text) && text.codePoints().noneMatch(StringPredicates::isLowerOrTitle);
            case "islower" -> cased(text) && text.codePoints().noneMatch(StringPredicates::isUpperOrTitle);
            case "istitle" -> title(text);
            default -> throw TemplateError.unsupported("the method '" + name + "' of strings");
        };
    }

    private static boolean all(String text, IntPredicate holds) {
        return !text.isEmpty() && text.codePoints().allMatch(holds);
    }

    /** Fractions, superscripts and Roman numerals: Python's three methods differ there. */
    private static boolean otherNumber(int c, String name) {
        boolean number =
                Character.getType(c) == Character.LETTER_NUMBER || Character.getType(c) == Character.OTHER_NUMBER;
        if (number) {
            throw TemplateError.unsupported("the method '" + name + "' on the character " + Character.toString(c));
        }
        return false;
    }

    private static boolean cased(String text) {
        return text.codePoints().anyMatch(c -> isLowerOrTitle(c) || isUpperOrTitle(c));
    }

    private static boolean isLowerOrTitle(int c) {
        return Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    private static boolean isUpperOrTitle(int c) {
        return Character.isUpperCase(c) || Character.isTitleCase(c);
    }

    private static boolean title(String text) {
        boolean afterCased = false;
        for (int c : text.codePoints().toArray()) {
            if (isUpperOrTitle(c) ? afterCased : Character.isLowerCase(c) && !afterCased) {
                return false;
            }
            afterCased = isUpperOrTitle(c) || Character.isLowerCase(c);
        }
        return cased(text);
    }
}
