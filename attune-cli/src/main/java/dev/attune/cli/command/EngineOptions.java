package dev.attune.cli.command;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Device;
import dev.attune.model.tensor.Engine;
import picocli.CommandLine.Option;

/** Device and threads; shared by all commands that load a model. */
public final class EngineOptions {
    @Option(names = "--device", paramLabel = "DEVICE", description = "Device: cpu (default), cuda or cuda:N.")
    private String device = "cpu";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Number of CPU threads (default: the number of cores).")
    private int threads;

    /** Checks the options without loading the engine. */
    public void require() {
        Device.parse(device);
        if (threads < 0) {
            throw BadInputException.at("--threads", Integer.toString(threads), "a number of at least 1", "change it");
        }
    }

    /** Call before anything loads a model. */
    public void apply() {
        require();
        if (threads > 0) {
            System.setProperty("attune.threads", Integer.toString(threads));
        }
        Engine.useDevice(Device.parse(device));
    }
}
