package dev.attune.core.reward.verify;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact number: 0.5, 1/2 and 50e-2 are equal.
 *
 * @param denominator above 0, without a common divisor with the numerator
 */
record Fraction(BigInteger numerator, BigInteger denominator) {
    Fraction {
        BigInteger divisor = numerator.gcd(denominator);
        BigInteger sign = BigInteger.valueOf(denominator.signum());
        if (sign.signum() == 0) {
            throw new ArithmeticException("a denominator of 0");
        }
        numerator = numerator.divide(divisor).multiply(sign);
        denominator = denominator.divide(divisor).multiply(sign);
    }

    static Fraction of(BigDecimal value) {
        return value.scale() <= 0
                ? new Fraction(value.toBigIntegerExact(), BigInteger.ONE)
                : new Fraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    Fraction dividedBy(Fraction other) {
        return new Fraction(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Fraction negate() {
        return new Fraction(numerator.negate(), denominator);
    }

    boolean isZero() {
        return numerator.signum() == 0;
    }

    /** Whether the two differ by at most a tolerance. */
    boolean isWithin(Fraction tolerance, Fraction other) {
        Fraction difference = plus(other.negate());
        BigInteger left = difference.numerator.abs().multiply(tolerance.denominator);
        return left.compareTo(tolerance.numerator.multiply(difference.denominator)) <= 0;
    }

    @Override
    public String toString() {
        return denominator.equals(BigInteger.ONE) ? numerator.toString() : numerator + "/" + denominator;
    }
}
