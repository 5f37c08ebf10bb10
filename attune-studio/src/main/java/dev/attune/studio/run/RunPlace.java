package dev.attune.studio.run;

import dev.attune.core.run.RunFolder;
import dev.attune.feedback.run.Run;
import java.nio.file.Path;

/** The folder of a studio run: its data, its recipe and its log, and below them the run directory itself. */
public record RunPlace(Path folder) {
    public static RunPlace of(Run run) {
        return new RunPlace(Path.of(run.folder()));
    }

    /** The run directory, which training makes. */
    public RunFolder run() {
        return new RunFolder(folder.resolve("run"));
    }

    /** As it was handed to training; the run directory has the complete one. */
    public Path recipe() {
        return folder.resolve("train.yaml");
    }

    /** What the process printed. */
    public Path log() {
        return folder.resolve("log.txt");
    }

    /** The number of the process. */
    Path pid() {
        return folder.resolve("pid");
    }

    /** The exit status, once there is one. */
    Path exit() {
        return folder.resolve("exit");
    }
}
