package io.threadsafemetrics.spring.alert;

/**
 * Makes a text that anybody may have written fit for one line of a log.
 */
final class OneLine {

    private static final int MAX_LENGTH = 256;

    private OneLine() {
    }

    /**
     * Returns the text with a Unicode escape for each character that could end the line,
     * move the cursor or turn the direction of the text, cut at 256 characters.
     */
    static String of(String text) {
        StringBuilder line = new StringBuilder();
        int length = Math.min(text.length(), MAX_LENGTH);
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            if (isPrintable(character)) {
                line.append(character);
            }
            else {
                line.append("\\u%04x".formatted((int) character));
            }
        }
        return (length < text.length()) ? line.append("...").toString() : line.toString();
    }

    private static boolean isPrintable(char character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }

}
