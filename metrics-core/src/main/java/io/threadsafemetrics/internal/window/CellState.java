package io.threadsafemetrics.internal.window;

/**
 * The fields of a cell, between two cache lines that nobody writes. The JVM lays out the
 * fields of a class behind those of its superclass.
 */
abstract class CellState extends CellFrontPadding {

    int state; // through Cell.STATE only

    int size;

    long newestTime = Long.MIN_VALUE;

    StagedValues staged;

    // those of 'staged', one step nearer
    long[] times;

    double[] values;

    int[] owners;

    StagedValues spare;

    CellState(int capacity) {
        this.staged = new StagedValues(capacity);
        this.times = this.staged.times;
        this.values = this.staged.values;
        this.owners = this.staged.owners;
        this.spare = new StagedValues(capacity);
    }

}
