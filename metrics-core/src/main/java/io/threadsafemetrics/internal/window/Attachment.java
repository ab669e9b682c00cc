package io.threadsafemetrics.internal.window;

import java.util.Map;

/**
 * What was recorded beside a value.
 *
 * @param entries the entries: unmodifiable
 * @param heapBytes its retained heap
 */
public record Attachment(Map<String, Object> entries, long heapBytes) {

}
