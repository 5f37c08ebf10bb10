package dev.attune.core.data;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.Gzip;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipException;

/** Detects unsupported encodings and compressions by the first bytes of a file. */
final class FileStart {
    private static final int LENGTH = 1 << 16;
    private static final int MAGIC = 8;
    private static final Map<String, String> COMPRESSED = new LinkedHashMap<>();

    static {
        COMPRESSED.put("28b52ffd", "zstd");
        COMPRESSED.put("425a68", "bzip2");
        COMPRESSED.put("fd377a585a00", "xz");
        COMPRESSED.put("504b0304", "zip");
        COMPRESSED.put("377abcaf271c", "7z");
        COMPRESSED.put("04224d18", "lz4");
    }

    private FileStart() {}

    /**
     * The first characters after a byte order mark and blanks.
     *
     * @throws BadInputException if the file is compressed in another way than gzip, or is UTF-16 or UTF-32
     */
    static String read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Gzip.open(file)) {
            bytes = in.readNBytes(LENGTH);
        } catch (ZipException | EOFException e) {
            throw new IOException("truncated gzip data", e);
        }
        requireKnown(file, bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        return (text.startsWith("\ufeff") ? text.substring(1) : text).stripLeading();
    }

    private static void requireKnown(Path file, byte[] bytes) {
        String hex = HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(MAGIC, bytes.length)));
        COMPRESSED.forEach((magic, name) -> {
            if (hex.startsWith(magic)) {
                throw BadInputException.at(
                        file.toString(),
                        name + " data",
                        "a file that is not compressed, or gzip",
                        "unpack it with " + name);
            }
        });
        String encoding = encoding(bytes, hex);
        if (!encoding.isEmpty()) {
            throw BadInputException.at(
                    file.toString(), "text in " + encoding, "UTF-8", "convert it: iconv -f " + encoding + " -t UTF-8");
        }
    }

    /** UTF-16 and UTF-32 by their byte order mark, or by zero bytes around the first character, which is ASCII. */
    private static String encoding(byte[] bytes, String hex) {
        if (hex.startsWith("fffe0000") || hex.startsWith("0000feff")) {
            return "UTF-32";
        }
        if (hex.startsWith("fffe") || hex.startsWith("feff")) {
            return "UTF-16";
        }
        boolean pairs = bytes.length >= 4 && (bytes[0] == 0) != (bytes[1] == 0) && (bytes[2] == 0) != (bytes[3] == 0);
        if (!pairs || (bytes[0] == 0) != (bytes[2] == 0)) {
            return "";
        }
        return bytes[0] == 0 ? "UTF-16BE" : "UTF-16LE";
    }
}
