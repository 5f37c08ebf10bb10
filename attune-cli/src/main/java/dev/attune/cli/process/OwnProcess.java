package dev.attune.cli.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts this program as another process. */
public final class OwnProcess {
    /** The main class by its name: it reaches every command, and commands start processes. */
    private static final String MAIN = "dev.attune.cli.Main";

    private OwnProcess() {}

    /**
     * A command line that runs the program as it runs here: the same Java with the same settings and classes.
     *
     * @param settings further JVM options, which override the current ones
     */
    public static List<String> command(List<String> settings, List<String> arguments) {
        return command(settings, MAIN, arguments);
    }

    /** As {@link #command(List, List)}, for another main class of this program. */
    public static List<String> command(List<String> settings, Class<?> main, List<String> arguments) {
        return command(settings, main.getName(), arguments);
    }

    private static List<String> command(List<String> settings, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(OwnProcess::shared)
                .forEach(command::add);
        command.addAll(settings);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        return command;
    }

    /** False for options that do not suit a background process: terminal output, the debugger's port, the studio's JIT limit. */
    private static boolean shared(String argument) {
        return !argument.startsWith("-Dattune.terminal")
                && !argument.startsWith("-agentlib:jdwp")
                && !argument.startsWith("-XX:TieredStopAtLevel");
    }
}
