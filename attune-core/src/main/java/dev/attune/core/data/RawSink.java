package dev.attune.core.data;

/** Takes the objects of a source. */
@FunctionalInterface
interface RawSink {
    /** Takes one; answers whether it wants more. */
    boolean take(RawRow row);
}
