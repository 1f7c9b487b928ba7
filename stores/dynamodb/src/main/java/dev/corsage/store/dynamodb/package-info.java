/**
 * Allow lists in a DynamoDB table.
 *
 * <p>This package speaks DynamoDB's JSON protocol with Signature Version 4 itself, without AWS's
 * SDK. The SDK has 7 MB, of which almost nothing would be used, and loading it takes a cold start
 * as much processor time as everything else together. The tests compare the signatures with the
 * SDK's.
 */
package dev.corsage.store.dynamodb;
