package dev.attune.model.constraint.text;

/**
 * Reads the bytes between the quotes of a JSON string: UTF-8 and escapes, as code points of an automaton. A state is a
 * number: the automaton's state in the upper half; below, what is pending of a code point.
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
    private static final int HIGH = 3;
    private static final int HIGH_BACKSLASH = 4;
    private static final int LOW_HEX = 5;
    private static final int UTF8 = 6;

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
            case HIGH -> value == '\\' ? state(at, HIGH_BACKSLASH, 0, have) : DEAD;
            case HIGH_BACKSLASH -> value == 'u' ? state(at, LOW_HEX, 4, have << 12) : DEAD;
            case LOW_HEX -> lowHex(dfa, at, have, left, value);
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
            return dfa.allows(at, 0, Character.MAX_CODE_POINT) ? state(at, BACKSLASH, 0, 0) : DEAD;
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
        return switch (value) {
            case '"', '\\', '/' -> move(dfa, at, value);
            case 'b' -> move(dfa, at, '\b');
            case 'f' -> move(dfa, at, '\f');
            case 'n' -> move(dfa, at, '\n');
            case 'r' -> move(dfa, at, '\r');
            case 't' -> move(dfa, at, '\t');
            case 'u' -> state(at, HEX, 4, 0);
            default -> DEAD;
        };
    }

    private static int digit(int value) {
        return value < 0x80 ? Character.digit(value, 16) : -1;
    }

    private static long hex(Dfa dfa, int at, int have, int left, int value) {
        int digit = digit(value);
        if (digit < 0) {
            return DEAD;
        }
        int more = (have << 4) | digit;
        if (left > 1) {
            int low = first(more, 4 * (left - 1));
            int high = last(more, 4 * (left - 1));
            boolean pairs = low <= Character.MAX_HIGH_SURROGATE && high >= Character.MIN_HIGH_SURROGATE;
            boolean alive = allows(dfa, at, low, high) || (pairs && pairAllowed(dfa, at, low, high));
            return alive ? state(at, HEX, left - 1, more) : DEAD;
        }
        if (!surrogate(more)) {
            return move(dfa, at, more);
        }
        boolean alive = Character.isHighSurrogate((char) more) && pairAllowed(dfa, at, more, more);
        return alive ? state(at, HIGH, 0, more & 0x3FF) : DEAD;
    }

    private static boolean pairAllowed(Dfa dfa, int at, int low, int high) {
        int first = Math.max(low, Character.MIN_HIGH_SURROGATE) & 0x3FF;
        int last = Math.min(high, Character.MAX_HIGH_SURROGATE) & 0x3FF;
        return dfa.allows(at, 0x10000 + (first << 10), 0x10000 + (last << 10) + 0x3FF);
    }

    /** {@code have}: ten bits of the first half, then twelve for the digits of the second. */
    private static long lowHex(Dfa dfa, int at, int have, int left, int value) {
        int digit = digit(value);
        int more = ((have & 0xFFF) << 4) | digit;
        int high = have >> 12;
        int low = left == 4 ? 0xDC00 : first(more, 4 * (left - 1));
        boolean fits = left == 4 ? digit == 0xD : low >= 0xDC00 && low <= 0xDFFF;
        if (digit < 0 || !fits) {
            return DEAD;
        }
        int base = 0x10000 + (high << 10);
        if (left == 1) {
            return move(dfa, at, base + (low & 0x3FF));
        }
        int from = base + (low & 0x3FF);
        int to = left == 4 ? base + 0x3FF : from + last(0, 4 * (left - 1));
        return dfa.allows(at, from, to) ? state(at, LOW_HEX, left - 1, (high << 12) | more) : DEAD;
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
            case HIGH -> 6 + pair(dfa, at, have, have);
            case HIGH_BACKSLASH -> 5 + pair(dfa, at, have, have);
            case LOW_HEX -> left + lowHalf(dfa, at, have, left);
            default -> left + utf8Distance(dfa, at, have, left);
        };
    }

    private static int afterBackslash(Dfa dfa, int at) {
        int best = 1 + afterHex(dfa, at, 0, 0xFFFF, 4);
        for (char c : "\"\\/bfnrt".toCharArray()) {
            long to = escape(dfa, at, c);
            best = to == DEAD ? best : Math.min(best, 1 + dfa.distance((int) (to >>> 32)));
        }
        return best;
    }

    private static int scalars(Dfa dfa, int at, int low, int high) {
        int below = Math.min(high, Character.MIN_SURROGATE - 1);
        int above = Math.max(low, Character.MAX_SURROGATE + 1);
        int first = low <= below ? dfa.distance(at, low, below) : Dfa.INFINITE;
        return above <= high ? Math.min(first, dfa.distance(at, above, high)) : first;
    }

    private static int afterHex(Dfa dfa, int at, int low, int high, int left) {
        int best = left + scalars(dfa, at, low, high);
        boolean pairs = low <= Character.MAX_HIGH_SURROGATE && high >= Character.MIN_HIGH_SURROGATE;
        int first = Math.max(low, Character.MIN_HIGH_SURROGATE) & 0x3FF;
        int last = Math.min(high, Character.MAX_HIGH_SURROGATE) & 0x3FF;
        return pairs ? Math.min(best, left + 6 + pair(dfa, at, first, last)) : best;
    }

    private static int pair(Dfa dfa, int at, int first, int last) {
        return dfa.distance(at, 0x10000 + (first << 10), 0x10000 + (last << 10) + 0x3FF);
    }

    private static int lowHalf(Dfa dfa, int at, int have, int left) {
        int base = 0x10000 + ((have >> 12) << 10);
        if (left >= 3) {
            int known = left == 3 ? 0 : -1;
            return known < 0 || (have & 0xFFF) == 0xD ? dfa.distance(at, base, base + 0x3FF) : Dfa.INFINITE;
        }
        int from = base + (first(have & 0xFFF, 4 * left) & 0x3FF);
        return dfa.distance(at, from, from + last(0, 4 * left));
    }

    private static int utf8Distance(Dfa dfa, int at, int have, int left) {
        int low = first(have, 6 * left);
        int high = Math.min(last(have, 6 * left), Character.MAX_CODE_POINT);
        int least = left == 3 ? 0x10000 : left == 2 && have < 0x10 ? 0x800 : left == 1 && have < 0x20 ? 0x80 : 0;
        return scalars(dfa, at, Math.max(low, least), high);
    }
}
