package dev.attune.model.tokenizer;

/** Converts code point indexes, which the tokenizers library uses, to indexes of UTF-16 units. */
final class TextPlaces {
    private TextPlaces() {}

    /** For each code point of the text, and for its end, the index of the first UTF-16 unit. */
    static int[] ofCodePoints(String text) {
        int[] places = new int[text.codePointCount(0, text.length()) + 1];
        int at = 0;
        for (int i = 0; i < places.length - 1; i++) {
            places[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        places[places.length - 1] = at;
        return places;
    }
}
