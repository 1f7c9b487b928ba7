/**
 * What is wrong with the APIs and functions of a template: set-ups that browsers refuse. Reads the
 * model that the readers made, and changes nothing.
 */
package dev.corsage.gateway.rules;
