package io.threadsafemetrics.spring.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.threadsafemetrics.Bucket;
import org.jspecify.annotations.Nullable;

/**
 * Values of a window that lie close together, see {@link Bucket}.
 *
 * @param lower lower bound; null where it is beyond the range of a double
 * @param upper upper bound; null where it is beyond the range of a double
 * @param count number of values, at least 1
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BucketDescriptor(@Nullable Double lower, @Nullable Double upper, long count) {

    static BucketDescriptor of(Bucket bucket) {
        return new BucketDescriptor(finiteOrNull(bucket.lower()), finiteOrNull(bucket.upper()), bucket.count());
    }

    private static @Nullable Double finiteOrNull(double bound) {
        return Double.isFinite(bound) ? bound : null;
    }

}
