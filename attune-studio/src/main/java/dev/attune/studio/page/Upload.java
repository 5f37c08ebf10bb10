package dev.attune.studio.page;

import dev.attune.core.error.BadInputException;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** An uploaded file. It is on disk under its own name while it is read. */
public final class Upload {
    private static final int MAX_NAME_LENGTH = 100;

    private Upload() {}

    /**
     * @throws BadInputException if there is no file, or from {@code work}, with the uploaded file's name
     */
    public static <T> T read(Context context, String field, Function<Path, T> work) throws IOException {
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

    /** The last part of the uploaded name, with other characters replaced. */
    static String name(String sent) {
        String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("[^\\p{L}\\p{N}._ -]", "_").strip();
        String end = plain.substring(Math.max(0, plain.length() - MAX_NAME_LENGTH));
        return end.replace(".", "").isEmpty() ? "file" : end;
    }
}
