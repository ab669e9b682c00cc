package io.threadsafemetrics.spring.micrometer;

import io.threadsafemetrics.MetricSeries;
import io.threadsafemetrics.ThreadSafeMetric;

/**
 * Shows series in a registry. Threads: one at a time.
 */
interface SeriesView {

    void add(ThreadSafeMetric metric, MetricSeries series);

    void remove(MetricSeries series);

    void close();

}
