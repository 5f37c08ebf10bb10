package dev.attune.studio.loop;

import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import dev.attune.core.provenance.DataSource;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.store.Project;
import dev.attune.studio.run.RunPlace;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Creates the folders of a project's runs, {@code PROJECT/METHOD-N}, and writes their data. */
final class RunFolders {
    private final Path root;

    RunFolders(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** A new, empty folder. */
    RunPlace make(Project project, String method) throws IOException {
        Path folder = Files.createDirectories(root.resolve(plain(project.name())));
        int number = 1;
        while (true) {
            try {
                return new RunPlace(Files.createDirectory(folder.resolve(method + "-" + number)));
            } catch (FileAlreadyExistsException taken) {
                number++;
            }
        }
    }

    /** Converts a name to a folder name: letters, digits and hyphens. */
    static String plain(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return plain.isEmpty() ? "project" : plain.substring(0, Math.min(40, plain.length()));
    }

    /** Writes lines and a provenance file next to them, and describes the file. */
    static Run.Material write(Path file, String format, List<?> rows, Map<String, String> derivation)
            throws IOException {
        AtomicFiles.write(file, Json.lines(rows));
        DataSource.recordDerived(file, format, rows.size(), derivation, List.of());
        return new Run.Material(rows.size(), Hashing.sha256(file));
    }
}
