package dev.corsage.bench;

/**
 * A plot.
 *
 * @param name the file's name
 * @param svg the file
 */
record Plot(String name, String svg) {}
