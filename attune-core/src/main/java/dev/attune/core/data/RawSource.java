package dev.attune.core.data;

import java.io.IOException;
import java.util.List;

/** The objects of a file, in order. */
interface RawSource {
    /** Passes each object or unreadable line to {@code sink} until the file ends or it returns false. */
    void read(RawSink sink) throws IOException;

    /** Notes on what is unusual about the file, such as its separator. */
    default List<String> notes() {
        return List.of();
    }
}
