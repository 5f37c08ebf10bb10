package dev.attune.world.labeler;

/**
 * The noise and the biases of a simulated labeler, relative to the guideline.
 *
 * @param noise standard deviation of a judgement, as a share of its stake
 * @param lapse probability of misreading a completion completely
 * @param tie two completions with a smaller difference in perceived utility are tied
 * @param rudeness weight given to insults; 1 follows the guideline
 * @param length utility gained by doubling the words of an answer
 * @param credulity how much a confident made-up answer is liked under "helpful"
 * @param obedience how much compliance with a harmful request is liked under "helpful"
 */
public record Temperament(
        double noise, double lapse, double tie, double rudeness, double length, double credulity, double obedience) {

    /** The same person with another liking of compliance. */
    Temperament withObedience(double liking) {
        return new Temperament(noise, lapse, tie, rudeness, length, credulity, liking);
    }
}
