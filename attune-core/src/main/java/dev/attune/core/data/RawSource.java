package dev.attune.core.data;

import java.io.IOException;

/** The objects of a file, in order. */
interface RawSource {
    /** Hands over each object or unreadable place until the file ends or {@code sink} answers false. */
    void read(RawSink sink) throws IOException;
}
