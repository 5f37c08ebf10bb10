package dev.attune.core.data;

import java.io.IOException;
import java.util.List;

/** The objects of a file, in order. */
interface RawSource {
    /** Hands over each object or unreadable place until the file ends or {@code sink} answers false. */
    void read(RawSink sink) throws IOException;

    /** What is unusual about the file, in a few words each. */
    default List<String> notes() {
        return List.of();
    }
}
