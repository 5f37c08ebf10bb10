package dev.attune.serve.text;

import java.util.function.Consumer;

/** Separates what a model thinks from what it answers. The markers are shown in neither. */
public final class ThinkingText {
    public static final String OPEN = "<think>";
    public static final String CLOSE = "</think>";

    private enum State {
        START,
        THINKING,
        AFTER,
        ANSWER
    }

    private final Consumer<String> thinking;
    private final Consumer<String> answer;
    private final StringBuilder held = new StringBuilder();
    private State state;
    private boolean begun;

    /**
     * @param open whether the prompt opened the thinking
     * @param thinking receives the thoughts, without white space around them
     * @param answer receives the answer, without white space before it if the model thought
     */
    public ThinkingText(boolean open, Consumer<String> thinking, Consumer<String> answer) {
        this.state = open ? State.THINKING : State.START;
        this.thinking = thinking;
        this.answer = answer;
    }

    public void add(String text) {
        held.append(text);
        if (state == State.START) {
            start();
        }
        if (state == State.THINKING) {
            think();
        }
        if (state == State.AFTER && !held.toString().isBlank()) {
            release(held.toString().stripLeading());
            state = State.ANSWER;
        } else if (state == State.ANSWER) {
            release(held.toString());
        }
    }

    /** Releases what was held back. */
    public void end() {
        switch (state) {
            case START -> release(held.toString());
            case THINKING -> thought(held.toString().stripTrailing());
            case AFTER, ANSWER -> {}
        }
        held.setLength(0);
    }

    private void start() {
        String text = held.toString().stripLeading();
        if (text.startsWith(OPEN)) {
            held.setLength(0);
            held.append(text.substring(OPEN.length()));
            state = State.THINKING;
        } else if (!OPEN.startsWith(text)) {
            state = State.ANSWER;
        }
    }

    private void think() {
        int close = held.indexOf(CLOSE);
        if (close >= 0) {
            thought(held.substring(0, close).stripTrailing());
            held.delete(0, close + CLOSE.length());
            state = State.AFTER;
            return;
        }
        int end = held.length() - partOf(held, CLOSE);
        while (end > 0 && Character.isWhitespace(held.charAt(end - 1))) {
            end--;
        }
        thought(held.substring(0, end));
        held.delete(0, end);
    }

    private void thought(String text) {
        String shown = begun ? text : text.stripLeading();
        if (!shown.isEmpty()) {
            begun = true;
            thinking.accept(shown);
        }
    }

    private void release(String text) {
        held.setLength(0);
        if (!text.isEmpty()) {
            answer.accept(text);
        }
    }

    /** The length of the longest end of the text with which the marker begins. */
    public static int partOf(CharSequence text, String marker) {
        String all = text.toString();
        for (int length = Math.min(marker.length() - 1, all.length()); length > 0; length--) {
            if (marker.startsWith(all.substring(all.length() - length))) {
                return length;
            }
        }
        return 0;
    }
}
