package dev.attune.core.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Adds the file's name to write failures: a channel on a full disk reports the reason without the file. */
public final class WriteFailures {
    private WriteFailures() {}

    /** The same failure, naming the file; one that names a file already stays as it is. */
    public static IOException at(Path file, IOException failure) {
        if (failure instanceof FileSystemException) {
            return failure;
        }
        FileSystemException named = new FileSystemException(file.toString(), null, failure.getMessage());
        named.initCause(failure);
        return named;
    }

    /** Why, without the place, for messages that have named it. */
    public static String reason(IOException failure) {
        String reason = failure instanceof FileSystemException named ? named.getReason() : null;
        return reason == null ? String.valueOf(failure.getMessage()) : reason;
    }
}
