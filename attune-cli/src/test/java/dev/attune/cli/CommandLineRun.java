package dev.attune.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One command line run in-process, with what it printed. */
public record CommandLineRun(int status, String out, String err) {
    public static CommandLineRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Attune.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new CommandLineRun(status, out.toString(), err.toString());
    }

    /** The last line on standard error: where the failure is named. */
    public String lastError() {
        return err.lines().reduce("", (first, second) -> second);
    }
}
