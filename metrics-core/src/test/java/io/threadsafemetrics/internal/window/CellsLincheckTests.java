package io.threadsafemetrics.internal.window;

import java.util.concurrent.locks.ReentrantLock;

import io.threadsafemetrics.AbstractLincheckTests;
import io.threadsafemetrics.internal.util.Losses;
import io.threadsafemetrics.internal.util.MemoryAccount;
import io.threadsafemetrics.internal.util.MemoryBudget;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * What is left in several cells arrives, once, and as of one instant.
 */
public class CellsLincheckTests extends AbstractLincheckTests {

    /** So many that one thread leaves in both, in order, while another one cuts. */
    private static final int SCENARIOS = 100;

    private final MemoryAccount account = new MemoryAccount(new MemoryBudget(Long.MAX_VALUE), new Losses());

    private final Cells cells = new Cells(this.account, 2);

    private final ReentrantLock metricLock = new ReentrantLock();

    private final int[] arrived = new int[2];

    /** Starts with two empty cells. */
    public CellsLincheckTests() {
        super(Model.class, SCENARIOS);
    }

    @Operation
    public boolean leaveInFirst() {
        return leave(0);
    }

    @Operation
    public boolean leaveInSecond() {
        return leave(1);
    }

    private boolean leave(int index) {
        Cell cell = this.cells.all()[index];
        while (!cell.tryTake()) {
            if (cell.isClosed()) {
                return false;
            }
            Thread.onSpinWait();
        }
        cell.leave(0, 1, index + 1);
        return true;
    }

    @Operation
    public String cut() {
        return cut(false);
    }

    @Operation
    public String close() {
        return cut(true);
    }

    private String cut(boolean last) {
        this.metricLock.lock();
        try {
            this.cells.cut(0, last);
            for (StagedValues batch : this.cells.batches()) {
                for (int i = 0; batch != null && i < batch.size(); i++) {
                    this.arrived[batch.owner(i) - 1]++;
                }
                if (batch != null) { // null before the first cut
                    batch.clear(this.account);
                }
            }
            return this.arrived[0] + " and " + this.arrived[1];
        }
        finally {
            this.metricLock.unlock();
        }
    }

    /** The cells, for one thread. */
    public static class Model {

        private int first;

        private int second;

        private boolean closed;

        /** Creates the model of two empty cells. */
        public Model() {
        }

        public boolean leaveInFirst() {
            this.first += this.closed ? 0 : 1;
            return !this.closed;
        }

        public boolean leaveInSecond() {
            this.second += this.closed ? 0 : 1;
            return !this.closed;
        }

        public String cut() {
            return this.first + " and " + this.second;
        }

        public String close() {
            this.closed = true;
            return cut();
        }

    }

}
