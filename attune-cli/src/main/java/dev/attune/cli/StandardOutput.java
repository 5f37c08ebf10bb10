package dev.attune.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Keeps the exception of a failed write to standard output, which {@link java.io.PrintWriter} hides. */
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

    /** The last failure, or null. A reader that closes the pipe early, such as {@code head}, is not a failure. */
    @Nullable
    IOException failure() {
        return failure == null || String.valueOf(failure.getMessage()).contains("Broken pipe") ? null : failure;
    }
}
