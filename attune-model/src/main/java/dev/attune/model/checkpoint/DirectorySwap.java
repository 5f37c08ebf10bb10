package dev.attune.model.checkpoint;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Writes a directory under a temporary name and renames it, so that readers never see an incomplete one. */
final class DirectorySwap {
    private DirectorySwap() {}

    /** Fills a directory. */
    interface Filler {
        void fill(Path directory) throws IOException;
    }

    static void write(Path directory, Filler filler) {
        Path place = directory.toAbsolutePath().normalize();
        Path temporary = AtomicFiles.temporary(place);
        Path old = place.resolveSibling(place.getFileName() + ".old");
        try {
            requireModelDirectory(place);
            Folders.delete(temporary);
            Files.createDirectories(temporary);
            filler.fill(temporary);
            Folders.delete(old);
            if (Files.exists(place)) {
                Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
            Folders.delete(old);
        } catch (IOException | RunFailedException e) {
            clean(temporary, e);
            throw new RunFailedException(directory + ": the model cannot be saved: " + e.getMessage(), e);
        } catch (BadInputException e) { // also thrown before anything was written
            clean(temporary, e);
            throw e;
        }
    }

    /** A directory that holds something other than a model is not replaced. */
    private static void requireModelDirectory(Path place) throws IOException {
        if (!Files.exists(place)) {
            return;
        }
        boolean model = Files.isRegularFile(place.resolve("config.json"));
        if (!Files.isDirectory(place) || (!model && !isEmpty(place))) {
            throw BadInputException.at(
                    place.toString(),
                    "something that is not a model",
                    "a model directory or nothing",
                    "name another place");
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void clean(Path temporary, Exception cause) {
        try {
            Folders.delete(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
