package io.threadsafemetrics.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;

/**
 * Runs the jcstress tests and asks more of them than jcstress does: see
 * {@link StressVerdict}. Reports go to the working directory.
 */
public final class StressRun {

    private final StressMode mode;

    private StressRun(StressMode mode) {
        this.mode = mode;
    }

    /**
     * Runs the tests.
     * @param arguments {@code short} or {@code long}, and perhaps a regular expression of
     * the tests' names
     * @throws Exception if jcstress fails
     */
    public static void main(String[] arguments) throws Exception {
        String filter = (arguments.length > 1) ? arguments[1] : "";
        StressVerdict verdict = new StressRun(StressMode.named(arguments[0])).run(filter);
        verdict.complaints().forEach(System.out::println);
        System.out.println(verdict.summary());
        System.exit(verdict.complaints().isEmpty() ? 0 : 1);
    }

    private StressVerdict run(String filter) throws Exception {
        StressVerdict verdict = new StressVerdict(StressClasses.find(filter));
        verdict.add(run(filter, this.mode.options()));
        Set<String> unshown = verdict.controlsNotShown();
        if (!unshown.isEmpty()) { // they prove that it can be seen, not how often
            System.out.println("Once more, and longer, as they showed nothing: " + unshown);
            verdict.add(run(unshown.stream().map(Pattern::quote).collect(Collectors.joining("|")),
                    this.mode.patientOptions()));
        }
        return verdict;
    }

    private static InProcessCollector run(String filter, List<String> options) throws Exception {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-t", filter, "-r", "report"));
        Options parsed = new Options(arguments.toArray(String[]::new));
        if (!parsed.parse()) {
            throw new IllegalArgumentException("jcstress refused " + arguments);
        }
        try {
            new JCStress(parsed).run();
        }
        catch (AssertionError ex) { // a forbidden outcome, as the results say
            System.out.println(ex.getMessage());
        }
        return read(parsed.getResultFile());
    }

    private static InProcessCollector read(String file) throws IOException, ClassNotFoundException {
        InProcessCollector results = new InProcessCollector();
        DiskReadCollector reader = new DiskReadCollector(file, results);
        reader.dump();
        reader.close();
        return results;
    }

}
