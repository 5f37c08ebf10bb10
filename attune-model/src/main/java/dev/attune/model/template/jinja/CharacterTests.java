package dev.attune.model.template.jinja;

import java.util.function.IntPredicate;

/** Python's character tests, such as {@code str.isalpha}. */
final class CharacterTests {
    private CharacterTests() {}

    static boolean holds(String text, String name) {
        return switch (name) {
            case "isascii" -> text.codePoints().allMatch(c -> c < 128);
            case "isprintable" -> text.codePoints().allMatch(Printing::isPrintable);
            case "isidentifier" -> text.matches("(?U)[\\p{L}_][\\w]*");
            case "isupper" -> cased(text, Character::isUpperCase, Character::isLowerCase);
            case "islower" -> cased(text, Character::isLowerCase, Character::isUpperCase);
            case "istitle" -> title(text);
            case "isspace" -> Text.isSpace(text);
            default -> !text.isEmpty() && text.codePoints().allMatch(kind(name));
        };
    }

    private static IntPredicate kind(String name) {
        return switch (name) {
            case "isalpha" -> Character::isLetter;
            case "isdecimal" -> CharacterTests::isDecimal;
            case "isdigit" -> CharacterTests::isDigit;
            case "isnumeric" -> CharacterTests::isNumeric;
            default -> c -> Character.isLetter(c) || isNumeric(c);
        };
    }

    private static boolean isDecimal(int c) {
        return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
    }

    private static boolean isDigit(int c) {
        boolean superscript = c == 0xb2
                || c == 0xb3
                || c == 0xb9
                || (c >= 0x2070 && c <= 0x2079 && c != 0x2071 && c != 0x2072 && c != 0x2073);
        return isDecimal(c) || superscript || (c >= 0x2080 && c <= 0x2089) || (c >= 0x2460 && c <= 0x2468);
    }

    private static boolean isNumeric(int c) {
        int type = Character.getType(c);
        return isDigit(c) || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
    }

    private static boolean cased(String text, IntPredicate wanted, IntPredicate refused) {
        return text.codePoints().anyMatch(wanted) && text.codePoints().noneMatch(refused);
    }

    private static boolean title(String text) {
        boolean any = false;
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            boolean upper = Character.isUpperCase(c) || Character.isTitleCase(c);
            boolean lower = Character.isLowerCase(c);
            if ((upper && inWord) || (lower && !inWord)) {
                return false;
            }
            inWord = upper || lower;
            any |= inWord;
        }
        return any;
    }
}
