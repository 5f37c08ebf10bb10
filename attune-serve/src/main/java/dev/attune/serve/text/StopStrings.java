package dev.attune.serve.text;

import java.util.List;

/** Finds the first stop string in a text that grows, and holds back what could become one. */
final class StopStrings {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean found;

    StopStrings(List<String> stops) {
        this.stops = stops;
    }

    /** Whether a stop string came; nothing is released after it. */
    boolean found() {
        return found;
    }

    /** The text that can be shown now. */
    String add(String text) {
        if (found) {
            return "";
        }
        held.append(text);
        int start = firstStart();
        if (start >= 0) {
            found = true;
            return release(start);
        }
        return release(held.length() - suffixLength());
    }

    /** The text that was held back, because nothing follows. */
    String end() {
        return found ? "" : release(held.length());
    }

    private int firstStart() {
        int first = -1;
        for (String stop : stops) {
            int start = held.indexOf(stop);
            if (start >= 0 && (first < 0 || start < first)) {
                first = start;
            }
        }
        return first;
    }

    /** The length of the longest end of the text with which a stop string begins. */
    private int suffixLength() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private String release(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }
}
