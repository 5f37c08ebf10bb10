package dev.attune.core.data;

/** Receives the objects of a source. */
@FunctionalInterface
interface RawSink {
    /** Receives one row; returns whether to continue. */
    boolean take(RawRow row);
}
