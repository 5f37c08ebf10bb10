package dev.attune.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of standard input, typed at a prompt or sent over a pipe. */
public final class TypedLines {
    /** Whether standard error is a terminal, as the launcher found. */
    private final boolean interactive = Boolean.getBoolean("attune.terminal");

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintWriter err;

    public TypedLines(PrintWriter err) {
        this.err = err;
    }

    /** Whether lines are typed in a terminal. */
    public boolean interactive() {
        return interactive;
    }

    /** The next line, or null at the end of input, which a terminal's user types as Ctrl-D, without a line feed. */
    public @Nullable String next() throws IOException {
        if (interactive) {
            err.print("> ");
            err.flush();
        }
        String line = in.readLine();
        if (line == null) {
            hint("");
        }
        return line;
    }

    /** Prints a text only in a terminal. */
    public void hint(String text) {
        if (interactive) {
            err.println(text);
            err.flush();
        }
    }
}
