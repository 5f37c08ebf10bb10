package dev.attune.model.constraint.text;

/**
 * Reads the bytes between the quotes of a JSON string: UTF-8 and escapes, as code points of an automaton. Every character has
 * one spelling: an escape only where JSON demands one, and a short one where there is one. Otherwise a model that likes
 * backslashes would write a name it has to write as six digits a letter. A state is a number: the automaton's state in the upper
 * half; below, what is pending of a code point.
 */
public final class JsonText {
    /** The state before the first byte. */
    public static final long START = 0;

    /** No text of the automaton is written like this. */
    public static final long DEAD = -1;

    /** The closing quote has been read. */
    public static final long CLOSED = -2;

    private static final int BACKSLASH = 1;
    private static final int HEX = 2;
    private static final int UTF8 = 3;

    /** The letters of short escapes, and the characters that they stand for. */
    private static final String SHORT = "\"\\bfnrt";

    private static final String SHORT_FOR = "\"\\\b\f\n\r\t";
    private static final int LAST_CONTROL = 0x1F;

    private JsonText() {}

    /** The state after one more byte, 0 to 255; {@link #DEAD}, {@link #CLOSED}. Every other state leads to a text. */
    public static long step(Dfa dfa, long state, int value) {
        int pending = (int) state;
        int at = (int) (state >>> 32);
        if (pending == 0) {
            return first(dfa, at, value);
        }
        int have = pending & 0xFFFFFF;
        int left = (pending >>> 24) & 7;
        return switch (pending >>> 28) {
            case BACKSLASH -> escape(dfa, at, value);
            case HEX -> hex(dfa, at, have, left, value);
            default -> utf8(dfa, at, have, left, value);
        };
    }

    private static long state(int at, int kind, int left, int have) {
        return ((long) at << 32) | ((long) kind << 28) | ((long) left << 24) | have;
    }

    /** The least number that begins with these bits and has so many more. */
    private static int first(int bits, int more) {
        return bits << more;
    }

    /** The greatest such number. */
    private static int last(int bits, int more) {
        return ((bits + 1) << more) - 1;
    }

    private static long move(Dfa dfa, int at, int codePoint) {
        int to = dfa.step(at, codePoint);
        return to < 0 ? DEAD : (long) to << 32;
    }

    private static long first(Dfa dfa, int at, int value) {
        if (value == '"') {
            return dfa.accepts(at) ? CLOSED : DEAD;
        }
        if (value == '\\') {
            return afterBackslash(dfa, at) < Dfa.INFINITE ? state(at, BACKSLASH, 0, 0) : DEAD;
        }
        if (value < 0x80) {
            return value < 0x20 ? DEAD : move(dfa, at, value);
        }
        if (value >= 0xC2 && value <= 0xDF) {
            return part(dfa, at, value & 0x1F, 1, 0x80);
        }
        if (value >= 0xE0 && value <= 0xEF) {
            return part(dfa, at, value & 0x0F, 2, 0x800);
        }
        return value >= 0xF0 && value <= 0xF4 ? part(dfa, at, value & 0x07, 3, 0x10000) : DEAD;
    }

    /** Part of a code point; so many bytes are left. */
    private static long part(Dfa dfa, int at, int have, int left, int least) {
        int low = Math.max(first(have, 6 * left), least);
        int high = Math.min(last(have, 6 * left), Character.MAX_CODE_POINT);
        return allows(dfa, at, low, high) ? state(at, UTF8, left, have) : DEAD;
    }

    private static long utf8(Dfa dfa, int at, int have, int left, int value) {
        if ((value & 0xC0) != 0x80) {
            return DEAD;
        }
        int more = (have << 6) | (value & 0x3F);
        // What is too short for so many bytes is found by its first two bytes.
        int least = left == 3 ? 0x10000 : left == 2 && have < 0x10 ? 0x800 : 0;
        return left == 1 ? surrogate(more) ? DEAD : move(dfa, at, more) : part(dfa, at, more, left - 1, least);
    }

    private static boolean surrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static boolean allows(Dfa dfa, int at, int low, int high) {
        return dfa.allows(at, low, Math.min(high, Character.MIN_SURROGATE - 1))
                || dfa.allows(at, Math.max(low, Character.MAX_SURROGATE + 1), high);
    }

    private static long escape(Dfa dfa, int at, int value) {
        if (value == 'u') {
            return afterHex(dfa, at, 0, LAST_CONTROL, 4) < Dfa.INFINITE ? state(at, HEX, 4, 0) : DEAD;
        }
        int which = SHORT.indexOf(value);
        return which < 0 ? DEAD : move(dfa, at, SHORT_FOR.charAt(which));
    }

    private static int digit(int value) {
        return value < 0x80 ? Character.digit(value, 16) : -1;
    }

    private static long hex(Dfa dfa, int at, int have, int left, int value) {
        int digit = digit(value);
        int more = (have << 4) | digit;
        int still = left - 1;
        boolean alive =
                digit >= 0 && afterHex(dfa, at, first(more, 4 * still), last(more, 4 * still), still) < Dfa.INFINITE;
        return !alive ? DEAD : still == 0 ? move(dfa, at, more) : state(at, HEX, still, more);
    }

    /** The fewest bytes from a state to the end of a text, without the closing quote. */
    public static int distance(Dfa dfa, long state) {
        int pending = (int) state;
        int at = (int) (state >>> 32);
        if (pending == 0) {
            return dfa.distance(at);
        }
        int have = pending & 0xFFFFFF;
        int left = (pending >>> 24) & 7;
        return switch (pending >>> 28) {
            case BACKSLASH -> afterBackslash(dfa, at);
            case HEX -> afterHex(dfa, at, first(have, 4 * left), last(have, 4 * left), left);
            default -> left + utf8Distance(dfa, at, have, left);
        };
    }

    private static int afterBackslash(Dfa dfa, int at) {
        int best = 1 + afterHex(dfa, at, 0, LAST_CONTROL, 4);
        for (int i = 0; i < SHORT_FOR.length(); i++) {
            int c = SHORT_FOR.charAt(i);
            best = Math.min(best, 1 + dfa.distance(at, c, c));
        }
        return best;
    }

    private static int scalars(Dfa dfa, int at, int low, int high) {
        int below = Math.min(high, Character.MIN_SURROGATE - 1);
        int above = Math.max(low, Character.MAX_SURROGATE + 1);
        int first = low <= below ? dfa.distance(at, low, below) : Dfa.INFINITE;
        return above <= high ? Math.min(first, dfa.distance(at, above, high)) : first;
    }

    /** Of control characters within bounds that have no short escape; so many digits are left. */
    private static int afterHex(Dfa dfa, int at, int low, int high, int left) {
        int best = Dfa.INFINITE;
        for (int c = low; c <= Math.min(high, LAST_CONTROL); c++) {
            if (SHORT_FOR.indexOf(c) < 0) {
                best = Math.min(best, left + dfa.distance(at, c, c));
            }
        }
        return best;
    }

    private static int utf8Distance(Dfa dfa, int at, int have, int left) {
        int low = first(have, 6 * left);
        int high = Math.min(last(have, 6 * left), Character.MAX_CODE_POINT);
        int least = left == 3 ? 0x10000 : left == 2 && have < 0x10 ? 0x800 : left == 1 && have < 0x20 ? 0x80 : 0;
        return scalars(dfa, at, Math.max(low, least), high);
    }
}
