package dev.attune.cli.lab.crowd;

/**
 * A ranking that the studio acknowledged.
 *
 * @param sent first, by {@link System#nanoTime}
 * @param acknowledged by the same clock
 */
public record AcknowledgedRanking(String submission, long sent, long acknowledged) {
    public double millis() {
        return (acknowledged - sent) / 1e6;
    }
}
