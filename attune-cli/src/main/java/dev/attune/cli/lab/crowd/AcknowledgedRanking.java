package dev.attune.cli.lab.crowd;

/**
 * A ranking that the studio acknowledged.
 *
 * @param sent time of the first send, by {@link System#nanoTime}
 * @param acknowledged time of the acknowledgement, by the same clock
 */
public record AcknowledgedRanking(String submission, long sent, long acknowledged) {
    public double millis() {
        return (acknowledged - sent) / 1e6;
    }
}
