/** Allow lists that are kept in a DynamoDB table. */
package dev.corsage.store.dynamodb;
