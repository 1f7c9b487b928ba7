/** The function behind the demo page; what a user of Corsage would write. */
package dev.corsage.gateway.demo;
