package io.threadsafemetrics.internal.window;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A cell: edge E1, and the look at its size by those who do not hold it.
 */
public final class CellStress {

    private CellStress() {
    }

    private static void read(Cell cell, IIII_Result result) {
        if (cell.tryTake()) {
            result.r1 = cell.size;
            result.r2 = (int) cell.newestTime();
            result.r3 = (int) cell.values[0];
            result.r4 = cell.owners[0];
            cell.release();
        }
    }

    private static Cell newCell() {
        Cell cell = new Cell(Cells.FIRST_CAPACITY);
        cell.newestTime = 0;
        return cell;
    }

    @JCStressTest
    @Outcome(id = "0, 0, 0, 0", expect = Expect.ACCEPTABLE, desc = "nothing left yet")
    @Outcome(id = "1, 7, 8, 9", expect = Expect.ACCEPTABLE, desc = "all of the value")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The next holder sees a part of what the one before wrote")
    @State
    public static class NextHolderSeesAll {

        private final Cell cell = newCell();

        @Actor
        public void writer() {
            if (this.cell.tryTake()) {
                this.cell.leave(7, 8, 9);
            }
        }

        @Actor
        public void nextHolder(IIII_Result result) {
            read(this.cell, result);
        }

    }

    @JCStressTest
    @Outcome(id = "0, 0, 0, 0", expect = Expect.ACCEPTABLE, desc = "nothing left yet")
    @Outcome(id = "1, 7, 8, 9", expect = Expect.ACCEPTABLE, desc = "all of the value")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A cell given back before the value is in it")
    @State
    public static class NextHolderSeesAllControl {

        private final Cell cell = newCell();

        @Actor
        public void writer() {
            if (this.cell.tryTake()) {
                this.cell.release();
                this.cell.leave(7, 8, 9);
            }
        }

        @Actor
        public void nextHolder(IIII_Result result) {
            read(this.cell, result);
        }

    }

    @JCStressTest
    @Outcome(id = { "true, true, 2", "true, false, 1", "false, true, 1" }, expect = Expect.ACCEPTABLE,
            desc = "a value for each who held the cell")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two held the cell at once: a value is lost")
    @State
    public static class OneHolderAtATime {

        private final Cell cell = newCell();

        @Actor
        public void one(ZZI_Result result) {
            result.r1 = leave();
        }

        @Actor
        public void other(ZZI_Result result) {
            result.r2 = leave();
        }

        private boolean leave() {
            boolean taken = this.cell.tryTake();
            if (taken) {
                this.cell.leave(0, 1, 1);
            }
            return taken;
        }

        @Arbiter
        public void after(ZZI_Result result) {
            result.r3 = this.cell.size;
        }

    }

    @JCStressTest
    @Outcome(id = { "true, true, 2", "true, false, 1", "false, true, 1" }, expect = Expect.ACCEPTABLE,
            desc = "a value for each who held the cell")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A cell taken by a plain read and write")
    @State
    public static class OneHolderAtATimeControl {

        private final Cell cell = newCell();

        @Actor
        public void one(ZZI_Result result) {
            result.r1 = leave();
        }

        @Actor
        public void other(ZZI_Result result) {
            result.r2 = leave();
        }

        private boolean leave() {
            boolean taken = this.cell.state == 0;
            if (taken) {
                this.cell.state = 1;
                this.cell.leave(0, 1, 1);
            }
            return taken;
        }

        @Arbiter
        public void after(ZZI_Result result) {
            result.r3 = this.cell.size;
        }

    }

    @JCStressTest
    @Outcome(id = { "false, true", "false, false" }, expect = Expect.ACCEPTABLE, desc = "before or while it is left")
    @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "after it was left")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A cell looks empty after a value was left in it")
    @State
    public static class IsEmptyMissesNothing {

        private final Cell cell = newCell();

        private volatile boolean left;

        @Actor
        public void writer() {
            if (this.cell.tryTake()) {
                this.cell.leave(0, 1, 1);
                this.left = true;
            }
        }

        @Actor
        public void looker(ZZ_Result result) {
            result.r1 = this.left;
            result.r2 = this.cell.isEmpty();
        }

    }

    @JCStressTest
    @Outcome(id = { "false, true", "false, false" }, expect = Expect.ACCEPTABLE, desc = "before or while it is left")
    @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "after it was left")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A size read too early")
    @State
    public static class IsEmptyMissesNothingControl {

        private final Cell cell = newCell();

        private volatile boolean left;

        @Actor
        public void writer() {
            if (this.cell.tryTake()) {
                this.cell.leave(0, 1, 1);
                this.left = true;
            }
        }

        @Actor
        public void looker(ZZ_Result result) {
            result.r2 = this.cell.isEmpty();
            result.r1 = this.left;
        }

    }

}
