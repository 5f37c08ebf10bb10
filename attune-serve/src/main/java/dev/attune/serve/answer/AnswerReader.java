package dev.attune.serve.answer;

/** Reads the text of an answer, piece by piece, as parts of a message. Where the pieces are cut changes nothing. */
interface AnswerReader {
    void add(String text);

    /** @param cut whether the answer ended because of its length */
    void end(boolean cut);
}
