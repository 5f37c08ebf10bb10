package dev.attune.studio.run;

import dev.attune.core.run.RunFolder;
import dev.attune.feedback.run.Run;
import java.nio.file.Path;

/** The folder of a run of the studio: data, recipe, log, and the run directory. */
public record RunPlace(Path folder) {
    public static RunPlace of(Run run) {
        return new RunPlace(Path.of(run.folder()));
    }

    /** The run directory, which training creates. */
    public RunFolder run() {
        return new RunFolder(folder.resolve("run"));
    }

    /** The recipe passed to training; the run directory has the complete one. */
    public Path recipe() {
        return folder.resolve("train.yaml");
    }

    /** The output of the process. */
    public Path log() {
        return folder.resolve("log.txt");
    }

    /** The process id. */
    Path pid() {
        return folder.resolve("pid");
    }

    /** The exit status, after the end of the process. */
    Path exit() {
        return folder.resolve("exit");
    }
}
