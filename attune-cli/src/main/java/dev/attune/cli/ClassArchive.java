package dev.attune.cli;

import dev.attune.cli.quickstart.BuiltInModel;
import dev.attune.core.io.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads the classes of common commands. The launcher runs it once after a build with the JVM's option to write an
 * archive of the loaded classes at exit, with which later commands start in half the time (class-data sharing).
 */
final class ClassArchive {
    private ClassArchive() {}

    public static void main(String[] arguments) throws IOException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Path model = Files.createTempDirectory("attune-classes");
        try {
            BuiltInModel.unpack(model);
            List<String[]> commands =
                    List.of(new String[] {"--help"}, new String[] {"runs", "no-such-run"}, new String[] {
                        "generate", model.toString(), "--prompt", "a", "--max-new-tokens", "2"
                    });
            for (String[] command : commands) {
                Attune.run(nowhere, nowhere, command);
            }
        } finally {
            Folders.delete(model);
        }
        System.exit(0);
    }
}
