package dev.attune.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of standard input: typed by a person, who is shown where to type, or sent over a pipe. */
public final class TypedLines {
    /** The launcher has seen that standard error is a terminal. */
    private final boolean interactive = Boolean.getBoolean("attune.terminal");

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintWriter err;

    public TypedLines(PrintWriter err) {
        this.err = err;
    }

    /** Whether a person watches. */
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

    /** Prints what only a person wants to read. */
    public void hint(String text) {
        if (interactive) {
            err.println(text);
            err.flush();
        }
    }
}
