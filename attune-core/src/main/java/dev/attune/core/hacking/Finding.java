package dev.attune.core.hacking;

/** One figure of a run, judged. */
public record Finding(String name, Verdict verdict, String why) {}
