package dev.attune.world;

/** One line of the valley book. */
public record Fact(Entity entity, Relation relation, String value) {}
