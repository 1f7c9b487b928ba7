/**
 * Constructs of the AWS CDK: a policy, the preflight function with its least privileges, and its
 * routes at an API that is there already.
 */
package dev.corsage.cdk;
