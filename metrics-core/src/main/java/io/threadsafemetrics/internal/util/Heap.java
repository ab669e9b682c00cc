package io.threadsafemetrics.internal.util;

/**
 * Sizes of objects in bytes, as a 64-bit HotSpot with compressed references and 8-byte
 * alignment lays them out. Where a JVM does otherwise the figures are estimates.
 */
public final class Heap {

    /** A reference to another object. */
    public static final int REFERENCE = 4;

    /** A {@link java.util.concurrent.locks.ReentrantLock} that nobody waits for. */
    public static final long LOCK = 16 + 32;

    private static final int OBJECT_HEADER = 12;

    private static final int ARRAY_HEADER = 16;

    private Heap() {
    }

    /**
     * Size of an object.
     * @param fieldBytes sum of the sizes of its fields
     * @return bytes
     */
    public static long object(long fieldBytes) {
        return align(OBJECT_HEADER + fieldBytes);
    }

    /**
     * Size of an array.
     * @param length its length
     * @param elementBytes size of an element
     * @return bytes
     */
    public static long array(long length, int elementBytes) {
        return align(ARRAY_HEADER + length * elementBytes);
    }

    /**
     * Size of an array of references, without what they point to.
     * @param length its length
     * @return bytes
     */
    public static long references(long length) {
        return array(length, REFERENCE);
    }

    /**
     * Size of a string with its characters.
     * @param text the string
     * @return bytes
     */
    public static long string(String text) {
        return object(REFERENCE + Integer.BYTES + 2) + array(text.length(), isLatin1(text) ? 1 : 2);
    }

    private static boolean isLatin1(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    private static long align(long bytes) {
        return (bytes + 7) & ~7L;
    }

}
