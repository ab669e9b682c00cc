package io.threadsafemetrics.sample.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadmeTests {

    @Test
    void quickStartIsTheCodeThatIsCompiled() throws IOException {
        List<String> source = source(Checkout.class);
        int start = source.indexOf("@Service");
        assertThat(start).isPositive();
        assertThat(Readme.read().java("@Service")).hasSizeLessThanOrEqualTo(14)
            .containsExactlyElementsOf(source.subList(start, source.size()));
    }

    @Test
    void alertRuleIsTheCodeThatIsCompiled() throws IOException {
        List<String> source = source(Pager.class).stream().map(String::strip).toList();
        int start = source.indexOf("collector.addAlertCallback((event) -> page(event));");
        assertThat(start).isPositive();
        assertThat(Readme.read().java("collector.addAlertCallback").stream().map(String::strip))
            .containsExactlyElementsOf(source.subList(start, source.size() - 2));
    }

    private static List<String> source(Class<?> type) throws IOException {
        return Readme.lines(Files.readString(Path.of("src/test/java", type.getName().replace('.', '/') + ".java")));
    }

    @Test
    void propertiesAreThoseOfTheStarterWithTheirDefaults() throws IOException {
        assertThat(Readme.read().properties()).containsExactlyInAnyOrderEntriesOf(PropertyTable.read());
    }

}
