package dev.attune.cli.terminal;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.function.Function;

/** Prints a text token by token as it is generated; incomplete UTF-8 characters wait for their last byte. */
public final class TokenPrinter {
    private static final char HALF_A_CHARACTER = '\uFFFD';

    private final PrintWriter out;
    private final Function<int[], String> decoder;
    private int[] tokens;
    private int printed;

    /**
     * @param decoder from all tokens so far to their text, without special tokens
     * @param before tokens that come first and whose text is printed with the first new one
     */
    public TokenPrinter(PrintWriter out, Function<int[], String> decoder, int... before) {
        this.out = out;
        this.decoder = decoder;
        this.tokens = before.clone();
    }

    public void add(int token) {
        tokens = Arrays.copyOf(tokens, tokens.length + 1);
        tokens[tokens.length - 1] = token;
        String text = decoder.apply(tokens);
        if (text.length() > printed && text.charAt(text.length() - 1) != HALF_A_CHARACTER) {
            out.print(text.substring(printed));
            out.flush();
            printed = text.length();
        }
    }

    /** Prints the rest of the whole text, and a line break. */
    public void finish(String whole) {
        if (whole.length() > printed) {
            out.print(whole.substring(printed));
        }
        out.println();
        out.flush();
    }
}
