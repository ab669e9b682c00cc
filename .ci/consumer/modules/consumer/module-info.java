module consumer {

    requires io.threadsafemetrics;
    requires io.threadsafemetrics.spring;

}
