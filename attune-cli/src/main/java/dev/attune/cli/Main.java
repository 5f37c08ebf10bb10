package dev.attune.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the process starts. Programs that embed Attune use the modules below the command line instead. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // What the modules log is one line each, like everything else on standard error.
        System.setProperty("java.util.logging.SimpleFormatter.format", "attune: %5$s%6$s%n");
        StandardOutput standard = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = new PrintWriter(standard, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = Attune.run(out, err, arguments);
        out.flush();
        IOException lost = standard.failure();
        if (lost != null) {
            err.println("attune: standard output cannot be written: " + lost.getMessage());
            status = Math.max(status, 1);
        }
        err.flush();
        System.exit(status);
    }
}
