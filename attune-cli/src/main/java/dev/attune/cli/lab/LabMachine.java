package dev.attune.cli.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The machine and commit of an experiment, for its evidence. */
final class LabMachine {
    private LabMachine() {}

    /** Processor, cores, memory, Java, system. */
    static String describe() {
        return dev.attune.core.provenance.Machine.here().describe();
    }

    /** The commit of the project's folder; marks changes that are not committed. */
    static String commit() {
        String root = System.getProperty("attune.root", "");
        if (root.isEmpty()) {
            return "unknown";
        }
        String commit = git(root, "rev-parse", "--short=12", "HEAD");
        return git(root, "status", "--porcelain", "--untracked-files=no").isEmpty() ? commit : commit + " with changes";
    }

    private static String git(String root, String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = root;
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
