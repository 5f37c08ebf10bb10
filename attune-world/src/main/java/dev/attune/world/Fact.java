package dev.attune.world;

/** A fact of the valley book. */
public record Fact(Entity entity, Relation relation, String value) {}
