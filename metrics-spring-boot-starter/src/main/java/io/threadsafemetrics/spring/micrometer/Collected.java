package io.threadsafemetrics.spring.micrometer;

/**
 * A meter whose values go to the collector when they are recorded.
 */
interface Collected {

    /** Where its values go. */
    SeriesSink sink();

}
