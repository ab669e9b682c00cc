package io.threadsafemetrics.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * What the jcstress tests must keep to: each runs, none shows what it forbids, and each
 * has a control, the same test with what it checks taken away, which does show that. A
 * control has the test's name and {@value #CONTROL}, and marks what it must show as
 * interesting.
 */
final class StressVerdict {

    private static final String CONTROL = "Control";

    private final SortedSet<String> expected;

    private final SortedSet<String> ran = new TreeSet<>();

    private final SortedSet<String> broken = new TreeSet<>();

    private final SortedSet<String> shown = new TreeSet<>();

    /**
     * Starts with no result.
     * @param expected the tests that must run
     */
    StressVerdict(SortedSet<String> expected) {
        this.expected = expected;
    }

    /** Adds the results of a run: several a test. */
    void add(InProcessCollector results) {
        for (TestResult result : results.getTestResults()) {
            String name = result.getName();
            this.ran.add(name);
            if (result.status() != Status.NORMAL || result.isEmpty() || !result.grading().isPassed) {
                this.broken.add(name);
            }
            if (result.grading().hasInteresting) {
                this.shown.add(name);
            }
        }
    }

    private static boolean isControl(String name) {
        return name.endsWith(CONTROL);
    }

    Set<String> controlsNotShown() {
        return named(this.expected, true).stream()
            .filter((name) -> !this.shown.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> named(Set<String> names, boolean control) {
        return names.stream().filter((name) -> isControl(name) == control).toList();
    }

    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (this.expected.isEmpty()) {
            complaints.add("There is no test");
        }
        for (String name : this.expected) {
            if (!this.ran.contains(name)) {
                complaints.add("Did not run, perhaps for lack of processors: " + name);
            }
            if (!isControl(name) && !this.expected.contains(name + CONTROL)) {
                complaints.add("Has no control: " + name);
            }
        }
        this.broken.forEach((name) -> complaints.add("Failed: " + name));
        controlsNotShown().forEach((name) -> complaints.add("Did not show what it must: " + name));
        return complaints;
    }

    String summary() {
        List<String> tests = named(this.expected, false);
        long passed = tests.stream().filter((name) -> this.ran.contains(name) && !this.broken.contains(name)).count();
        int controls = named(this.expected, true).size();
        return "Stress tests: " + passed + " of " + tests.size() + " passed; controls: "
                + (controls - controlsNotShown().size()) + " of " + controls + " failed as they must";
    }

}
