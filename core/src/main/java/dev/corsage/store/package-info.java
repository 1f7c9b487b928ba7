/**
 * What a module that keeps allow lists or policies elsewhere implements, so that a function and the
 * command line find it by the name it has in a reference such as {@code dynamodb:origins/shop}.
 *
 * <p>Providers are found with {@link java.util.ServiceLoader}: a store works where its archive is
 * on the class path, and nothing of it is anywhere else.
 */
package dev.corsage.store;
