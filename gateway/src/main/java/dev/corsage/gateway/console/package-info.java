/** The console: recorded calls, the policy in force, its page, and the pages that send calls. */
package dev.corsage.gateway.console;
