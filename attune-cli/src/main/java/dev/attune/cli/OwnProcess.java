package dev.attune.cli;

import dev.attune.studio.run.TrainCommand;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Training as another process of this program: the same Java with the same settings and classes. */
final class OwnProcess implements TrainCommand {
    @Override
    public List<String> with(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(OwnProcess::shared)
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "train"));
        command.addAll(arguments);
        return command;
    }

    /** A log is no terminal, and a debugger's port is taken. */
    private static boolean shared(String argument) {
        return !argument.startsWith("-Dattune.terminal") && !argument.startsWith("-agentlib:jdwp");
    }
}
