/**
 * Spring Boot's auto-configuration of {@link dev.corsage.servlet.CorsFilter}. Applications use its
 * properties, {@code corsage.*}, or a bean of the type {@link dev.corsage.CorsDecider}; no class of
 * this package.
 */
package dev.corsage.spring;
