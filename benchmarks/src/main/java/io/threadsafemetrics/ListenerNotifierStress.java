package io.threadsafemetrics;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Two threads with news: one delivers for both, to one listener at a time.
 */
public final class ListenerNotifierStress {

    private ListenerNotifierStress() {
    }

    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both events")
    @Outcome(expect = Expect.FORBIDDEN, desc = "An event is left in the queue, or two are told at once")
    @State
    public static class NoEventIsForgotten {

        private final ListenerNotifier notifier = new ListenerNotifier(new UnexpectedErrors(false));

        private int told; // guarded by whoever delivers

        public NoEventIsForgotten() {
            this.notifier.add(new MetricsListener() {
            });
        }

        @Actor
        public void one() {
            tell();
        }

        @Actor
        public void other() {
            tell();
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = this.told;
        }

        private void tell() {
            this.notifier.enqueue((listener) -> this.told++);
            this.notifier.deliver();
        }

    }

    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both events")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Who delivers does not look at the queue again")
    @State
    public static class NoEventIsForgottenControl {

        private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();

        private final ReentrantLock delivering = new ReentrantLock();

        private int told; // guarded by 'delivering'

        @Actor
        public void one() {
            tell();
        }

        @Actor
        public void other() {
            tell();
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = this.told;
        }

        private void tell() {
            this.events.add(() -> this.told++);
            if (this.delivering.tryLock()) {
                try {
                    Runnable event;
                    while ((event = this.events.poll()) != null) {
                        event.run();
                    }
                }
                finally {
                    this.delivering.unlock();
                }
            }
        }

    }

}
