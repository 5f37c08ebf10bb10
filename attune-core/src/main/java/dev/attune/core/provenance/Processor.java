package dev.attune.core.provenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processor of this machine, as Linux describes its first core; on other systems nothing is known. */
public final class Processor {
    private Processor() {}

    /** The facts of /proc/cpuinfo, such as {@code vendor_id} or {@code model name}; empty if there are none. */
    public static Map<String, String> facts() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.takeWhile(line -> !line.isBlank())
                    .map(line -> line.split(":", 2))
                    .filter(fact -> fact.length == 2)
                    .collect(Collectors.toMap(
                            fact -> fact[0].strip(), fact -> fact[1].strip(), (first, second) -> first));
        } catch (IOException | UncheckedIOException e) {
            return Map.of();
        }
    }

    /** The name by which its maker sells it. */
    public static Optional<String> name() {
        return Optional.ofNullable(facts().get("model name"));
    }

    /** The instruction sets that it has, as Linux names them: {@code avx512f}, {@code amx_bf16}. */
    public static Set<String> instructions() {
        Map<String, String> facts = facts();
        String listed = facts.getOrDefault("flags", facts.getOrDefault("Features", ""));
        return Set.of(listed.split("\\s+"));
    }
}
