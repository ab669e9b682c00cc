package io.threadsafemetrics.internal.window;

import java.util.Arrays;

import io.threadsafemetrics.internal.util.Losses;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The cells of a metric beside a cut, the last cut, growth, narrowing and removal. One
 * actor stands for the holder of the metric's lock.
 */
public final class CellsStress {

    private static final MemoryAccount ACCOUNT = new MemoryAccount(new MemoryBudget(Long.MAX_VALUE), new Losses());

    private CellsStress() {
    }

    private static void take(Cell cell) {
        while (!cell.tryTake()) {
            Thread.onSpinWait();
        }
    }

    private static void leave(Cell cell, int owner) {
        take(cell);
        cell.leave(0, 1, owner);
    }

    private static void leaveInNewest(Cell[] cells, int owner) {
        leave(cells[cells.length - 1], owner);
    }

    private static int count(StagedValues batch, int owner) {
        int count = 0;
        for (int i = 0; i < batch.size(); i++) {
            count += (batch.owner(i) == owner) ? 1 : 0;
        }
        return count;
    }

    private static int cut(Cells cells, int owner) {
        cells.cut(0, false);
        return countCut(cells, owner);
    }

    private static int countCut(Cells cells, int owner) {
        return Arrays.stream(cells.batches()).mapToInt((batch) -> count(batch, owner)).sum();
    }

    /** Cuts some of the cells in one instant. */
    private static int[] cut(Cell... cells) {
        int[] counts = new int[3];
        for (Cell cell : cells) {
            take(cell);
        }
        for (Cell cell : cells) {
            StagedValues batch = cell.swap(0);
            counts[1] += count(batch, 1);
            counts[2] += count(batch, 2);
        }
        for (Cell cell : cells) {
            cell.release();
        }
        return counts;
    }

    private static Cell[] doubled(Cell[] cells) {
        Cell[] doubled = Arrays.copyOf(cells, 2 * cells.length);
        for (int i = cells.length; i < doubled.length; i++) {
            doubled[i] = new Cell(Cells.FIRST_CAPACITY);
        }
        return doubled;
    }

    @JCStressTest
    @Outcome(id = { "0, 0", "1, 0", "1, 1" }, expect = Expect.ACCEPTABLE, desc = "in the order in which they were left")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A cut has a value and lacks one left before it")
    @State
    public static class CutIsOfOneInstant {

        private final Cells cells = new Cells(ACCOUNT, 2);

        @Actor
        public void writer() {
            leave(this.cells.all()[0], 1);
            leave(this.cells.all()[1], 2);
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = cut(this.cells, 1);
            result.r2 = countCut(this.cells, 2);
        }

    }

    @JCStressTest
    @Outcome(id = { "0, 0", "1, 0", "1, 1" }, expect = Expect.ACCEPTABLE, desc = "in the order in which they were left")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The cells are cut one by one")
    @State
    public static class CutIsOfOneInstantControl {

        private final Cells cells = new Cells(ACCOUNT, 2);

        @Actor
        public void writer() {
            leave(this.cells.all()[0], 1);
            leave(this.cells.all()[1], 2);
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = cut(this.cells.all()[0])[1];
            result.r2 = cut(this.cells.all()[1])[2];
        }

    }

    @JCStressTest
    @Outcome(id = { "0, 0", "1, 1" }, expect = Expect.ACCEPTABLE, desc = "refused, or in the last cut")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A value is left behind after the last cut")
    @State
    public static class LastCutLeavesNothing {

        private final Cells cells = new Cells(ACCOUNT);

        @Actor
        public void writer(II_Result result) {
            Cell cell = this.cells.take();
            if (cell != null) {
                cell.leave(0, 1, 1);
                result.r1 = 1;
            }
        }

        @Actor
        public void closer(II_Result result) {
            this.cells.cut(0, true);
            result.r2 = countCut(this.cells, 1);
        }

    }

    @JCStressTest
    @Outcome(id = { "0, 0", "1, 1" }, expect = Expect.ACCEPTABLE, desc = "refused, or in the last cut")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The cells are closed after the cut")
    @State
    public static class LastCutLeavesNothingControl {

        private final Cells cells = new Cells(ACCOUNT);

        @Actor
        public void writer(II_Result result) {
            Cell cell = this.cells.take();
            if (cell != null) {
                cell.leave(0, 1, 1);
                result.r1 = 1;
            }
        }

        @Actor
        public void closer(II_Result result) {
            result.r2 = cut(this.cells, 1);
            for (Cell cell : this.cells.all()) {
                take(cell);
                cell.close();
            }
        }

    }

    @JCStressTest
    @Outcome(id = { "0, 0", "1, 0", "1, 1" }, expect = Expect.ACCEPTABLE, desc = "in the order in which they were left")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A cut lacks a value that was left before in a new cell")
    @State
    public static class CutHasNewCells {

        private final Cells cells = new Cells(ACCOUNT);

        @Actor
        public void writer() {
            this.cells.tryAddCells();
            leaveInNewest(this.cells.all(), 1);
            leave(this.cells.all()[0], 2);
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = cut(this.cells, 1);
            result.r2 = countCut(this.cells, 2);
        }

    }

    @JCStressTest
    @Outcome(id = { "0, 0", "1, 0", "1, 1" }, expect = Expect.ACCEPTABLE, desc = "in the order in which they were left")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The cells to cut are read before the first one is taken")
    @State
    public static class CutHasNewCellsControl {

        private volatile Cell[] all = { new Cell(Cells.FIRST_CAPACITY) };

        @Actor
        public void writer() {
            if (this.all[0].tryTake()) {
                this.all = doubled(this.all);
                this.all[0].release();
            }
            leaveInNewest(this.all, 1);
            leave(this.all[0], 2);
        }

        @Actor
        public void reader(II_Result result) {
            int[] counts = cut(this.all);
            result.r1 = counts[1];
            result.r2 = counts[2];
        }

    }

    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both values")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A new cell is forgotten, with the value in it")
    @State
    public static class GrowthForgetsNoCell {

        private final Cells cells = new Cells(ACCOUNT);

        @Actor
        public void one() {
            this.cells.tryAddCells();
            leaveInNewest(this.cells.all(), 1);
        }

        @Actor
        public void other() {
            this.cells.tryAddCells();
            leaveInNewest(this.cells.all(), 1);
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = cut(this.cells, 1);
        }

    }

    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both values")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Cells are added without the first one being held")
    @State
    public static class GrowthForgetsNoCellControl {

        private volatile Cell[] all = { new Cell(Cells.FIRST_CAPACITY) };

        @Actor
        public void one() {
            this.all = doubled(this.all);
            leaveInNewest(this.all, 1);
        }

        @Actor
        public void other() {
            this.all = doubled(this.all);
            leaveInNewest(this.all, 1);
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = cut(this.all)[1];
        }

    }

    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the value")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A value is dropped with the large buffer")
    @State
    public static class NarrowingLosesNothing {

        private final Cells cells = new Cells(ACCOUNT);

        @Actor
        public void writer() {
            leave(this.cells.all()[0], 1);
        }

        @Actor
        public void cleaner() {
            this.cells.narrow();
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = cut(this.cells, 1);
        }

    }

    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the value")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The cell is looked at before it is taken")
    @State
    public static class NarrowingLosesNothingControl {

        private final Cells cells = new Cells(ACCOUNT);

        @Actor
        public void writer() {
            leave(this.cells.all()[0], 1);
        }

        @Actor
        public void cleaner() {
            Cell cell = this.cells.all()[0];
            if (cell.isStagingNothing()) {
                take(cell);
                cell.swap(cell.newestTime());
                cell.release();
            }
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = cut(this.cells, 1);
        }

    }

    @JCStressTest
    @Outcome(id = { "0, 0", "1, 1" }, expect = Expect.ACCEPTABLE, desc = "left and known, or not left")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A value is staged for a number that was taken away")
    @State
    public static class WhileTakenKnowsAllOwners {

        private final Cells cells = new Cells(ACCOUNT);

        private volatile int number = 1;

        @Actor
        public void writer(II_Result result) {
            Cell cell = this.cells.all()[0];
            take(cell);
            int owner = this.number;
            if (owner == 0) {
                cell.release();
            }
            else {
                cell.leave(0, 1, owner);
                result.r1 = 1;
            }
        }

        @Actor
        public void remover(II_Result result) {
            this.cells.whileTaken((owners) -> {
                this.number = 0;
                result.r2 = owners.cardinality();
            });
        }

    }

    @JCStressTest
    @Outcome(id = { "0, 0", "1, 1" }, expect = Expect.ACCEPTABLE, desc = "left and known, or not left")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The number is read before the cell is taken")
    @State
    public static class WhileTakenKnowsAllOwnersControl {

        private final Cells cells = new Cells(ACCOUNT);

        private volatile int number = 1;

        @Actor
        public void writer(II_Result result) {
            int owner = this.number;
            if (owner != 0) {
                leave(this.cells.all()[0], owner);
                result.r1 = 1;
            }
        }

        @Actor
        public void remover(II_Result result) {
            this.cells.whileTaken((owners) -> {
                this.number = 0;
                result.r2 = owners.cardinality();
            });
        }

    }

}
