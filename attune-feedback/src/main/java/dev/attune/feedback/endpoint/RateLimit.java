package dev.attune.feedback.endpoint;

import java.time.Duration;

/** Spaces requests of several threads evenly. */
final class RateLimit {
    private final long gapNanos;
    private long next = System.nanoTime();

    /** @param perMinute requests per minute; 0: no limit */
    RateLimit(int perMinute) {
        this.gapNanos = perMinute == 0 ? 0 : Duration.ofMinutes(1).toNanos() / perMinute;
    }

    /** Takes the next free time for a request; returns the wait until then. */
    synchronized Duration reserve() {
        if (gapNanos == 0) {
            return Duration.ZERO;
        }
        long now = System.nanoTime();
        long free = Math.max(now, next);
        next = free + gapNanos;
        return Duration.ofNanos(free - now);
    }
}
