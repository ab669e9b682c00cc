package io.threadsafemetrics;

/**
 * Values of a window that lie close together.
 *
 * @param lower lower bound: excluded above zero, included below zero
 * @param upper upper bound: included above zero, excluded below zero; equal to
 * {@code lower} for the bucket of the zeros
 * @param count number of values, at least 1
 * @since 0.1.0
 */
public record Bucket(double lower, double upper, long count) {

}
