package dev.attune.world.judge;

/** The earlier name of {@link GoldReward}, for old recipes. */
public final class TruthWitness extends GoldReward {}
