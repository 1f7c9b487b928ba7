/** The stacks of the templates below {@code deploy/}, made of the constructs. */
package dev.corsage.cdk.example;
