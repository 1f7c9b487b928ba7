/** The function of the demo; what a user of Corsage would write. */
package dev.corsage.gateway.demo;
