package dev.attune.core.stats.winrate;

/** The models of AlpacaEval's length control: sigma(b1 x1 + b2 x2 + b3) predicts the share of the win. */
public enum LengthModel {
    /** Length and constant, from the items alone. */
    MINIMAL,
    /** Length, difficulty and constant, from the items alone. */
    NOREG,
    /** As {@link #NOREG}, with gamed rows of weight 0.1 in front; for AlpacaEval's own instructions and baseline. */
    V1
}
