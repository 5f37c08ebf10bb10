package dev.attune.feedback.judge;

/** Seeds of repeated samples. */
final class Samples {
    private Samples() {}

    /** The seed of a sample: other samples and other seeds give other ones. Sample 0 keeps the seed itself. */
    static long seed(long seed, int sample) {
        if (sample == 0) {
            return seed;
        }
        long mixed = seed + sample * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        return (mixed ^ (mixed >>> 27)) & Integer.MAX_VALUE;
    }
}
