package dev.attune.studio.run;

import java.util.List;

/** The command line of training processes. */
@FunctionalInterface
public interface TrainCommandLine {
    /** The command line of {@code attune train} with these arguments, program first. */
    List<String> with(List<String> arguments);
}
