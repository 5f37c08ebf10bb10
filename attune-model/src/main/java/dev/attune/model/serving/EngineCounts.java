package dev.attune.model.serving;

import java.util.concurrent.atomic.AtomicLong;

/** What an engine counts. */
final class EngineCounts {
    final AtomicLong promptTokens = new AtomicLong();
    final AtomicLong reusedTokens = new AtomicLong();
    final AtomicLong sampledTokens = new AtomicLong();
    final AtomicLong finished = new AtomicLong();
    final AtomicLong cancelled = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
}
