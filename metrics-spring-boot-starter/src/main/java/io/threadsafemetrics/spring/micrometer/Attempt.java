package io.threadsafemetrics.spring.micrometer;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.Meter;
import org.jspecify.annotations.Nullable;

/**
 * One registration of one meter, and where it led. Used by the thread that makes it.
 */
final class Attempt {

    private final Thread thread = Thread.currentThread();

    private final List<Added> added = new ArrayList<>();

    private @Nullable String obstacle;

    private Meter.@Nullable Id wanted;

    boolean isMine() {
        return this.thread == Thread.currentThread();
    }

    void added(RegistryWatch watch, Meter.Id id) {
        this.added.add(new Added(watch, id));
    }

    boolean addedTo(RegistryWatch watch) {
        return this.added.stream().anyMatch((place) -> place.watch == watch);
    }

    void refuse(String reason) {
        this.obstacle = reason;
    }

    @Nullable String obstacle() {
        return this.obstacle;
    }

    void wanted(Meter.Id id) {
        this.wanted = id;
    }

    /** What somebody else would be after who wanted the same meter, if it got so far. */
    Meter.@Nullable Id wanted() {
        return this.wanted;
    }

    /** Takes the meter out of every registry that it got into. */
    void undo() {
        this.added.forEach((place) -> place.watch.removeOurs(place.id));
    }

    private record Added(RegistryWatch watch, Meter.Id id) {

    }

}
