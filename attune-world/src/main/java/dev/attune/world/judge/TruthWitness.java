package dev.attune.world.judge;

/** The earlier name of {@link GoldReward}, for recipes of that time. */
public final class TruthWitness extends GoldReward {}
