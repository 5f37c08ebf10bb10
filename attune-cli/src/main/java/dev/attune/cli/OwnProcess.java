package dev.attune.cli;

import java.util.ArrayList;
import java.util.List;

/** This same program as another process. */
public final class OwnProcess {
    private static final List<String> KEPT =
            List.of("org.bytedeco.openblas.load", "user.home", "attune.root", "attune.threads");

    private OwnProcess() {}

    /**
     * A command line that runs the program as it runs here.
     *
     * @param heap of the JVM, as after {@code -Xmx}
     */
    public static List<String> command(String heap, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-Xmx" + heap, "-XX:+UseSerialGC"));
        for (String name : KEPT) {
            String value = System.getProperty(name);
            if (value != null) {
                command.add("-D" + name + "=" + value);
            }
        }
        command.add("dev.attune.cli.Main");
        command.addAll(arguments);
        return command;
    }
}
