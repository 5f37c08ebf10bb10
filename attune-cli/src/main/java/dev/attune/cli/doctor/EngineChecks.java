package dev.attune.cli.doctor;

import java.util.List;

/** libtorch as it runs here: version, BLAS, threads, devices. */
public final class EngineChecks {
    private EngineChecks() {}

    public static List<Finding> all() {
        return List.of();
    }
}
