package dev.attune.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Remembers why standard output could not be written, which {@link java.io.PrintWriter} does not tell. */
final class StandardOutput extends FilterOutputStream {
    private @Nullable IOException failure;

    StandardOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /** The last failure, or null; a reader that has read enough, as {@code head} does, is none. */
    @Nullable
    IOException failure() {
        return failure == null || String.valueOf(failure.getMessage()).contains("Broken pipe") ? null : failure;
    }
}
