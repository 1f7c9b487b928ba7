/**
 * Allow lists that are kept in a DynamoDB table.
 *
 * <p>It speaks to DynamoDB itself, by Signature Version 4 and the JSON protocol, instead of through
 * AWS's SDK: of the SDK's 7 MB it would need one percent, and a function that starts cold would
 * spend more time on loading it than the policy waits for a store.
 */
package dev.corsage.store.dynamodb;
