package dev.attune.serve.generation;

/** Why an answer ended. */
public enum Ending {
    STOP,
    LENGTH
}
