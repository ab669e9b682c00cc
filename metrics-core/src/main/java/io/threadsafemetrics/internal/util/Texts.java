package io.threadsafemetrics.internal.util;

/**
 * Keeps texts well-formed: a surrogate without the other half of its pair is no
 * character, and JSON that has one cannot be read.
 */
public final class Texts {

    private static final char REPLACEMENT = '\uFFFD'; // as the Unicode Standard has it

    private Texts() {
    }

    /**
     * Replaces what is no character.
     * @param text any text
     * @return the text itself where it is well-formed, else one of the same length with
     * U+FFFD in place of each unpaired surrogate
     */
    public static String wellFormed(String text) {
        int unpaired = unpaired(text, 0);
        if (unpaired < 0) {
            return text;
        }
        char[] repaired = text.toCharArray();
        while (unpaired >= 0) {
            repaired[unpaired] = REPLACEMENT;
            unpaired = unpaired(text, unpaired + 1);
        }
        return new String(repaired);
    }

    /** Where the next unpaired surrogate is, or -1. */
    private static int unpaired(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /**
     * Cuts a text between two characters.
     * @param text any text
     * @param most how many chars to keep, 1 or more; one less where a pair would be split
     * @return the text itself where it is no longer
     */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isSurrogatePair(text.charAt(most - 1), text.charAt(most)) ? most - 1 : most);
    }

}
