package dev.attune.feedback.account;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits password guessing: after five failures for a name or from an address each further attempt has to wait, twice
 * as long each time, up to 15 minutes. A success resets the count. Thread-safe.
 */
public final class LoginGuard {
    private static final int FREE = 5;
    private static final long FIRST_MILLIS = 1_000;
    private static final long MAX_MILLIS = 15 * 60_000L;

    /** Maximum number of names and addresses that are remembered; the oldest are removed first. */
    private static final int REMEMBERED = 10_000;

    private record Failures(int count, long until) {}

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    public LoginGuard(Clock clock) {
        this.clock = clock;
    }

    /** The waiting time in milliseconds before an attempt for this name or from this address; 0 for none. */
    public synchronized long waitMillis(String key) {
        Failures known = failures.get(key);
        return known == null ? 0 : Math.max(0, known.until() - clock.millis());
    }

    public synchronized void failed(String key) {
        Failures known = failures.remove(key);
        int count = known == null ? 1 : known.count() + 1;
        long wait = count < FREE ? 0 : Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(20, count - FREE));
        failures.put(key, new Failures(count, clock.millis() + wait));
        if (failures.size() > REMEMBERED) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    public synchronized void succeeded(String key) {
        failures.remove(key);
    }
}
