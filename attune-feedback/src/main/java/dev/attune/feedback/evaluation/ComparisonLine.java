package dev.attune.feedback.evaluation;

/** A line of items.jsonl: how an answer of a model compares with another model's in a measure. They follow all items. */
public record ComparisonLine(String model, String against, String measure, Comparison comparison) {}
