package io.threadsafemetrics.sample.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadmeTests {

    private static final Path SOURCE = Path.of("src/test/java", Checkout.class.getName().replace('.', '/') + ".java");

    @Test
    void quickStartIsTheCodeThatIsRun() throws IOException {
        List<String> source = Document.lines(Files.readString(SOURCE));
        int start = source.indexOf("@Service");
        assertThat(start).isPositive();
        assertThat(Document.lines(Document.read(Document.README).blocks("java").get(0))).hasSizeLessThanOrEqualTo(14)
            .containsExactlyElementsOf(source.subList(start, source.size()));
    }

    @Test
    void propertiesAreThoseOfTheStarterWithTheirDefaults() throws IOException {
        assertThat(Document.read(Document.README).properties())
            .containsExactlyInAnyOrderEntriesOf(PropertyTable.read());
    }

}
