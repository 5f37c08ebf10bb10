package dev.attune.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The main class. Programs that embed Attune use the library modules instead. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Each log record is one line.
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
