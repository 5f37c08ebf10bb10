package dev.attune.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the process starts. Programs that embed Attune use the modules below the command line instead. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = Attune.run(out, err, arguments);
        out.flush();
        err.flush();
        System.exit(status);
    }
}
