package dev.attune.studio.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** Modification time and size of a file, for detecting changes. */
public record FileStamp(FileTime written, long size) {
    /** Empty if there is no such file. */
    public static Optional<FileStamp> of(Path file) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new FileStamp(now.lastModifiedTime(), now.size()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
