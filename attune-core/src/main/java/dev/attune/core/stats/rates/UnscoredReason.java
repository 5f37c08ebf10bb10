package dev.attune.core.stats.rates;

/** Why a row has no score. An unscored row is neither a success nor a failure. */
public enum UnscoredReason {
    /** The judge's reply states no verdict, or not in the declared form; also a score that is not a number. */
    NO_VERDICT("no verdict"),
    /** The verdict is none of the declared ones, or outside the scale. */
    OFF_MENU("off the menu"),
    /** The reply states verdicts that exclude each other. */
    CONTRADICTORY("contradictory"),
    /** The reply ended before the verdict. */
    CUT_OFF("cut off"),
    /** The judge declined to judge. */
    JUDGE_REFUSED("judge refused"),
    /** The call of the judge failed. */
    JUDGE_FAILED("judge failed"),
    /** There was nothing to judge: the call of the judged model failed. */
    TARGET_FAILED("target failed"),
    /** There was nothing to judge: the judged model gave an answer without words. */
    NO_ANSWER("no answer");

    private final String words;

    UnscoredReason(String words) {
        this.words = words;
    }

    /** The reason in words. */
    public String words() {
        return words;
    }
}
