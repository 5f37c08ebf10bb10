package dev.attune.serve.answer;

/** Receives the parts of a message as they come. */
interface AnswerParts {
    void content(String text);

    /** What the model thought. */
    void reasoning(String text);

    /** A call begins. */
    void call(String name);

    /** A piece of the last call's arguments. */
    void arguments(String text);
}
