/**
 * Allow lists that are kept in a DynamoDB table.
 *
 * <p>It speaks to DynamoDB itself, by Signature Version 4 and the JSON protocol, instead of through
 * AWS's SDK: that is 7 MB, of which it would use next to nothing, and loading it takes a function
 * that starts cold as much processor time as everything else together. The tests hold the
 * signatures against those of the SDK.
 */
package dev.corsage.store.dynamodb;
