package dev.attune.studio.run;

import java.util.List;

/** How a process is started that trains. */
@FunctionalInterface
public interface TrainCommandLine {
    /** The command line of {@code attune train} with these arguments, program first. */
    List<String> with(List<String> arguments);
}
