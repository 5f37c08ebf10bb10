package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A file that somebody sends. It lies on the disk under its own name for as long as it is read. */
final class Upload {
    private static final int LONGEST_NAME = 100;

    private Upload() {}

    /**
     * @throws BadInputException if there is no file, or what {@code work} throws, which names the file as its sender does
     */
    static <T> T read(Context context, String field, Function<Path, T> work) throws IOException {
        UploadedFile sent = context.uploadedFile(field);
        if (sent == null || sent.size() == 0) {
            throw BadInputException.at(field, "no file", "a file of tasks or rankings", "choose one");
        }
        Path folder = Files.createTempDirectory("attune-upload");
        Path file = folder.resolve(name(sent.filename()));
        try (InputStream in = sent.content()) {
            Files.copy(in, file);
            return work.apply(file);
        } catch (BadInputException wrong) {
            throw new BadInputException(String.valueOf(wrong.getMessage()).replace(folder + "/", ""), wrong);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /** The last part of the sender's name, of harmless characters alone. */
    static String name(String sent) {
        String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("[^\\p{L}\\p{N}._ -]", "_").strip();
        String end = plain.substring(Math.max(0, plain.length() - LONGEST_NAME));
        return end.replace(".", "").isEmpty() ? "file" : end;
    }
}
