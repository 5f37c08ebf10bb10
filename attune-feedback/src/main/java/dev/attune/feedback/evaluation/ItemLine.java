package dev.attune.feedback.evaluation;

/** A line of items.jsonl: an item of a model in a measure. The lines of baselines follow those of the model. */
public record ItemLine(String model, String measure, Item item) {}
